package dev.isobar.docgen;

import dev.isobar.catalog.Schema;
import dev.isobar.model.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a schema allows, in words: values, bounds, lengths, a pattern, fields, a default.
final class Limits {
  /// How many values or fields are told before the rest is only counted.
  private static final int LISTED = 24;

  private static final int VALUE_LENGTH = 120;

  private final List<Inline> text = new ArrayList<>();

  private Limits() {}

  /// Empty when everything of its type will do.
  ///
  /// @param unasked the value that is taken when none is given, or null
  static List<Inline> of(Schema schema, @Nullable String unasked) {
    Limits limits = new Limits();
    if (!schema.format().isEmpty()) {
      limits.part("format ").code(schema.format());
    }
    limits.values("one of ", schema.enumValues());
    limits.between(schema.minimum(), schema.maximum(), "");
    limits.between(schema.minLength(), schema.maxLength(), " characters");
    String pattern = schema.pattern();
    if (pattern != null) {
      limits.part("matches ").code(pattern);
    }
    Schema items = schema.items();
    if (items != null) {
      limits.items(items);
    } else if (schema.type().equals("object")) {
      limits.fields("fields ", schema);
    }
    if (unasked != null) {
      limits.part("default ").code(unasked);
    }
    if (schema.nullable()) {
      limits.part("may be null");
    }
    if (schema.deprecated()) {
      limits.part("deprecated");
    }
    return limits.text;
  }

  private void items(Schema items) {
    if (!items.enumValues().isEmpty()) {
      values("each one of ", items.enumValues());
    } else if (items.allProperties().isEmpty()) {
      if (!items.type().isEmpty()) {
        part("each ").code(items.type());
      }
    } else {
      fields("each with ", items);
    }
  }

  private void fields(String before, Schema schema) {
    Map<String, Schema> fields = schema.allProperties();
    if (!fields.isEmpty()) {
      part(before);
      list(List.copyOf(fields.keySet()));
    }
  }

  private void values(String before, List<@Nullable Object> values) {
    if (!values.isEmpty()) {
      part(before);
      list(values.stream().map(Limits::value).toList());
    }
  }

  private void list(List<String> values) {
    int shown = Math.min(values.size(), LISTED);
    for (int i = 0; i < shown; i++) {
      text.add(new Inline.Text(i == 0 ? "" : ", "));
      code(values.get(i));
    }
    if (shown < values.size()) {
      text.add(new Inline.Text(" and " + (values.size() - shown) + " more"));
    }
  }

  private void between(@Nullable Number least, @Nullable Number most, String unit) {
    if (least != null && most != null) {
      part(number(least) + " to " + number(most) + unit);
    } else if (least != null) {
      part("at least " + number(least) + unit);
    } else if (most != null) {
      part("at most " + number(most) + unit);
    }
  }

  private Limits part(String words) {
    text.add(new Inline.Text((text.isEmpty() ? "" : "; ") + words));
    return this;
  }

  private void code(String value) {
    text.add(new Inline.Code(Words.line(value, VALUE_LENGTH)));
  }

  private static String number(Number number) {
    return new BigDecimal(number.toString()).toPlainString();
  }

  /// A value as text: JSON, but for text itself.
  static String value(@Nullable Object value) {
    return value instanceof String plain ? plain : Json.write(value);
  }
}
