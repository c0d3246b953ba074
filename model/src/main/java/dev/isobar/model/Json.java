package dev.isobar.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// JSON text to plain values and back.
///
/// An object is a [Map] in written order, an array a [List], and the rest [String], [Long],
/// [BigInteger], [BigDecimal], [Boolean] or null. Integers and decimals keep every digit. Where an
/// object repeats a key, the last value wins.
public final class Json {
  /// The one factory of the process: creating one costs milliseconds, and it is thread-safe.
  public static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(10_000)
                  .build())
          .build();

  private Json() {}

  /// Reads one JSON document.
  ///
  /// @throws IllegalArgumentException when the text is not JSON; the message names the place
  public static @Nullable Object parse(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      return parse(parser);
    }
  }

  /// Reads one JSON document from UTF-8.
  ///
  /// @throws IllegalArgumentException when the bytes are not JSON; the message names the place
  public static @Nullable Object parse(byte[] utf8) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
      return parse(parser);
    }
  }

  private static @Nullable Object parse(JsonParser parser) {
    try {
      if (parser.nextToken() == null) {
        throw new IllegalArgumentException("the text is empty");
      }
      Object value = read(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("there is more after the end of the JSON value");
      }
      return value;
    } catch (JacksonException e) {
      throw new IllegalArgumentException(explain(e), e);
    }
  }

  /// What is wrong with the text, and where, in one line that holds no part of a class name.
  public static String explain(JacksonException e) {
    var location = e.getLocation();
    return e.getOriginalMessage()
        + (location == null
            ? ""
            : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")");
  }

  /// Reads the value that begins at the parser's current token.
  public static @Nullable Object read(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, read(parser));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(read(parser));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT, LONG -> (Object) parser.getLongValue();
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> parser.getBigIntegerValue();
          };
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("no JSON value begins at " + token);
    };
  }

  /// Writes a value of the kinds named above, or any other [Number], as compact JSON.
  public static String write(@Nullable Object value) {
    var out = new StringWriterWithoutLock();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      write(generator, value);
    }
    return out.toString();
  }

  /// Writes a value as JSON with two-space indents.
  public static String writePretty(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    pretty(out, value, "\n");
    return out.toString();
  }

  /// Writes a value where the generator stands.
  public static void write(JsonGenerator generator, @Nullable Object value) {
    switch (value) {
      case null -> generator.writeNull();
      case String s -> generator.writeString(s);
      case Boolean b -> generator.writeBoolean(b);
      case Long l -> generator.writeNumber(l);
      case Integer i -> generator.writeNumber(i);
      case BigInteger b -> generator.writeNumber(b);
      case BigDecimal d -> generator.writeNumber(d);
      case Double d when d.isNaN() || d.isInfinite() -> generator.writeNull();
      case Double d -> generator.writeNumber(d);
      case Number n -> generator.writeNumber(n.toString());
      case Map<?, ?> map -> {
        generator.writeStartObject();
        map.forEach((k, v) -> {
          generator.writeName(String.valueOf(k));
          write(generator, v);
        });
        generator.writeEndObject();
      }
      case Iterable<?> list -> {
        generator.writeStartArray();
        list.forEach(v -> write(generator, v));
        generator.writeEndArray();
      }
      default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
    }
  }

  private static void pretty(StringBuilder out, @Nullable Object value, String newLine) {
    String inner = newLine + "  ";
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> {
        String separator = "{";
        for (var entry : map.entrySet()) {
          out.append(separator).append(inner);
          out.append(write(String.valueOf(entry.getKey()))).append(": ");
          pretty(out, entry.getValue(), inner);
          separator = ",";
        }
        out.append(newLine).append('}');
      }
      case List<?> list when !list.isEmpty() -> {
        String separator = "[";
        for (Object element : list) {
          out.append(separator).append(inner);
          pretty(out, element, inner);
          separator = ",";
        }
        out.append(newLine).append(']');
      }
      case null, default -> out.append(write(value));
    }
  }

  /// A [java.io.StringWriter] locks on each write; this one has no other thread to fear.
  private static final class StringWriterWithoutLock extends java.io.Writer {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void write(int c) {
      text.append((char) c);
    }

    @Override
    public void write(char[] chars, int offset, int length) {
      text.append(chars, offset, length);
    }

    @Override
    public void write(String string, int offset, int length) {
      text.append(string, offset, offset + length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
