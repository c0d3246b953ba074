package dev.isobar.catalog.compiled;

import dev.isobar.catalog.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The encoding of a schema: what every schema has, then each rarer fact behind a bit of a mask.
final class SchemaForm {
  private static final int NULLABLE = 1;
  private static final int READ_ONLY = 1 << 1;
  private static final int WRITE_ONLY = 1 << 2;
  private static final int DEPRECATED = 1 << 3;
  private static final int NAME = 1 << 4;
  private static final int FORMAT = 1 << 5;
  private static final int PROPERTIES = 1 << 6;
  private static final int REQUIRED = 1 << 7;
  private static final int ITEMS = 1 << 8;
  private static final int BRANCHES = 1 << 9;
  private static final int ENUM = 1 << 10;
  private static final int DEFAULT = 1 << 11;
  private static final int EXAMPLE = 1 << 12;
  private static final int LIMITS = 1 << 13;
  private static final int PATTERN = 1 << 14;
  private static final int EXTENSIONS = 1 << 15;
  private static final int XML_NAME = 1 << 16;
  private static final int XML_ATTRIBUTE = 1 << 17;
  private static final int XML_WRAPPED = 1 << 18;
  private static final int OTHERS = 1 << 19;

  private SchemaForm() {}

  static void write(FileWriter.Part out, Schema schema) {
    int mask = mask(schema);
    out.number(mask);
    out.text(schema.type());
    out.text(schema.description());
    if (has(mask, NAME)) {
      out.text(schema.name());
    }
    if (has(mask, FORMAT)) {
      out.text(schema.format());
    }
    if (has(mask, PROPERTIES)) {
      out.number(schema.properties().size());
      schema
          .properties()
          .forEach((name, property) -> {
            out.text(name);
            out.schema(property);
          });
    }
    if (has(mask, REQUIRED)) {
      out.texts(schema.required());
    }
    if (has(mask, ITEMS)) {
      out.schema(schema.items());
    }
    if (has(mask, BRANCHES)) {
      branches(out, schema.allOf());
      branches(out, schema.anyOf());
      branches(out, schema.oneOf());
    }
    if (has(mask, ENUM)) {
      out.value(schema.enumValues());
    }
    if (has(mask, DEFAULT)) {
      out.value(schema.defaultValue());
    }
    if (has(mask, EXAMPLE)) {
      out.value(schema.example());
    }
    if (has(mask, LIMITS)) {
      out.value(schema.minimum());
      out.value(schema.maximum());
      length(out, schema.minLength());
      length(out, schema.maxLength());
    }
    if (has(mask, PATTERN)) {
      out.text(schema.pattern());
    }
    if (has(mask, EXTENSIONS)) {
      out.value(schema.extensions());
    }
    if (has(mask, XML_NAME)) {
      out.text(schema.xmlName());
    }
    if (has(mask, OTHERS)) {
      out.schema(schema.additionalProperties());
    }
  }

  static void read(FileReader.Cursor in, Schema.Builder facts) {
    int mask = in.count();
    facts.nullable = has(mask, NULLABLE);
    facts.readOnly = has(mask, READ_ONLY);
    facts.writeOnly = has(mask, WRITE_ONLY);
    facts.deprecated = has(mask, DEPRECATED);
    facts.type = in.text();
    facts.description = in.text();
    if (has(mask, NAME)) {
      facts.name = in.text();
    }
    if (has(mask, FORMAT)) {
      facts.format = in.text();
    }
    if (has(mask, PROPERTIES)) {
      int count = in.count();
      for (int i = 0; i < count; i++) {
        facts.properties.put(in.text(), in.schema());
      }
    }
    if (has(mask, REQUIRED)) {
      facts.required.addAll(in.texts());
    }
    if (has(mask, ITEMS)) {
      facts.items = in.schema();
    }
    if (has(mask, BRANCHES)) {
      branches(in, facts.allOf);
      branches(in, facts.anyOf);
      branches(in, facts.oneOf);
    }
    if (has(mask, ENUM) && in.value() instanceof List<?> values) {
      facts.enumValues.addAll(values);
    }
    if (has(mask, DEFAULT)) {
      facts.defaultValue = in.value();
    }
    if (has(mask, EXAMPLE)) {
      facts.example = in.value();
    }
    if (has(mask, LIMITS)) {
      facts.minimum = in.value() instanceof Number number ? number : null;
      facts.maximum = in.value() instanceof Number number ? number : null;
      facts.minLength = length(in);
      facts.maxLength = length(in);
    }
    if (has(mask, PATTERN)) {
      facts.pattern = in.text();
    }
    if (has(mask, EXTENSIONS)) {
      facts.extensions.putAll(in.map());
    }
    if (has(mask, XML_NAME)) {
      facts.xmlName = in.text();
    }
    facts.xmlAttribute = has(mask, XML_ATTRIBUTE);
    facts.xmlWrapped = has(mask, XML_WRAPPED);
    if (has(mask, OTHERS)) {
      facts.additionalProperties = in.schema();
    }
  }

  private static int mask(Schema schema) {
    boolean limits =
        schema.minimum() != null
            || schema.maximum() != null
            || schema.minLength() != null
            || schema.maxLength() != null;
    boolean branches =
        !(schema.allOf().isEmpty() && schema.anyOf().isEmpty() && schema.oneOf().isEmpty());
    return bit(NULLABLE, schema.nullable())
        | bit(READ_ONLY, schema.readOnly())
        | bit(WRITE_ONLY, schema.writeOnly())
        | bit(DEPRECATED, schema.deprecated())
        | bit(NAME, !schema.name().isEmpty())
        | bit(FORMAT, !schema.format().isEmpty())
        | bit(PROPERTIES, !schema.properties().isEmpty())
        | bit(REQUIRED, !schema.required().isEmpty())
        | bit(ITEMS, schema.items() != null)
        | bit(BRANCHES, branches)
        | bit(ENUM, !schema.enumValues().isEmpty())
        | bit(DEFAULT, schema.defaultValue() != null)
        | bit(EXAMPLE, schema.example() != null)
        | bit(LIMITS, limits)
        | bit(PATTERN, schema.pattern() != null)
        | bit(EXTENSIONS, !schema.extensions().isEmpty())
        | bit(XML_NAME, schema.xmlName() != null)
        | bit(XML_ATTRIBUTE, schema.xmlAttribute())
        | bit(XML_WRAPPED, schema.xmlWrapped())
        | bit(OTHERS, schema.additionalProperties() != null);
  }

  private static int bit(int bit, boolean set) {
    return set ? bit : 0;
  }

  private static boolean has(int mask, int bit) {
    return (mask & bit) != 0;
  }

  private static void branches(FileWriter.Part out, List<Schema> branches) {
    out.number(branches.size());
    branches.forEach(out::schema);
  }

  private static void branches(FileReader.Cursor in, List<Schema> branches) {
    int count = in.count();
    for (int i = 0; i < count; i++) {
      branches.add(in.schema());
    }
  }

  private static void length(FileWriter.Part out, @Nullable Integer length) {
    out.number(length == null ? 0 : length + 1L);
  }

  private static @Nullable Integer length(FileReader.Cursor in) {
    long length = in.number();
    return length == 0 ? null : Integer.valueOf((int) (length - 1));
  }
}
