package dev.isobar.catalog.compiled;

import dev.isobar.catalog.Schema;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Collects the strings, the schemas and the body of one compiled file.
final class FileWriter {
  static final int MAGIC = 0x49534F42;

  /// Raised with every change of what is written, so that older files are compiled again.
  static final int VERSION = 11;

  /// A small document can hold a huge value, by aliases of aliases.
  private static final int MOST_VALUES = 10_000_000;

  private final Map<String, Integer> strings = new LinkedHashMap<>();
  private final IdentityHashMap<Schema, Integer> indexes = new IdentityHashMap<>();
  private final List<Schema> schemas = new ArrayList<>();
  private int values;

  /// A new part of the file, empty.
  Part part() {
    return new Part();
  }

  /// The file.
  ///
  /// @param source what the reader can compare to know whether the file is stale
  byte[] build(String source, Part body) {
    List<byte[]> encodedSchemas = new ArrayList<>();
    // Encoding one may add others to the end of the list.
    for (int i = 0; i < schemas.size(); i++) {
      Part part = new Part();
      SchemaForm.write(part, schemas.get(i));
      encodedSchemas.add(part.bytes());
    }
    List<byte[]> encodedStrings = new ArrayList<>();
    strings.keySet().forEach(text -> encodedStrings.add(text.getBytes(StandardCharsets.UTF_8)));
    Part rest = new Part();
    byte[] stamp = source.getBytes(StandardCharsets.UTF_8);
    rest.int32(stamp.length);
    rest.bytes(stamp);
    table(rest, encodedStrings);
    table(rest, encodedSchemas);
    rest.bytes(body.bytes());
    CRC32 checksum = new CRC32();
    checksum.update(rest.bytes());
    Part file = new Part();
    file.int32(MAGIC);
    file.number(VERSION);
    file.int32((int) checksum.getValue());
    file.bytes(rest.bytes());
    return file.bytes();
  }

  private static void table(Part part, List<byte[]> entries) {
    part.int32(entries.size());
    int offset = 0;
    for (byte[] entry : entries) {
      part.int32(offset);
      offset += entry.length;
    }
    part.int32(offset);
    entries.forEach(part::bytes);
  }

  /// A run of encoded values.
  final class Part {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] bytes() {
      return out.toByteArray();
    }

    void bytes(byte[] bytes) {
      out.writeBytes(bytes);
    }

    void int32(int value) {
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    /// Seven bits to a byte, lowest first; the high bit says that more follow.
    void number(long value) {
      long rest = value;
      while ((rest & ~0x7FL) != 0) {
        out.write((int) ((rest & 0x7F) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }

    void flag(boolean value) {
      out.write(value ? 1 : 0);
    }

    void text(@Nullable String text) {
      if (text == null) {
        number(0);
        return;
      }
      Integer known = strings.putIfAbsent(text, strings.size());
      number(known == null ? strings.size() : known + 1);
    }

    void texts(List<String> texts) {
      number(texts.size());
      texts.forEach(this::text);
    }

    void constant(Enum<?> constant) {
      text(constant.name());
    }

    void schema(@Nullable Schema schema) {
      if (schema == null) {
        number(0);
        return;
      }
      Integer known = indexes.putIfAbsent(schema, schemas.size());
      if (known == null) {
        schemas.add(schema);
      }
      number(known == null ? schemas.size() : known + 1);
    }

    /// A plain JSON value.
    void value(@Nullable Object value) {
      if (++values > MOST_VALUES) {
        throw new IsobarException(
            ErrorCode.INVALID_DOCUMENT,
            "The document holds more than `" + MOST_VALUES + "` values.",
            "Look for aliases of aliases in it.");
      }
      switch (value) {
        case null -> number(ValueForm.NULL);
        case Boolean flag -> number(flag ? ValueForm.TRUE : ValueForm.FALSE);
        case Long number -> {
          number(ValueForm.LONG);
          number(number);
        }
        case java.math.BigInteger number -> tagged(ValueForm.BIG_INTEGER, number.toString());
        case java.math.BigDecimal number -> tagged(ValueForm.DECIMAL, number.toString());
        case List<?> list -> {
          number(ValueForm.LIST);
          number(list.size());
          list.forEach(this::value);
        }
        case Map<?, ?> map -> {
          number(ValueForm.MAP);
          number(map.size());
          map.forEach((key, element) -> {
            text(String.valueOf(key));
            value(element);
          });
        }
        default -> tagged(ValueForm.TEXT, value.toString());
      }
    }

    private void tagged(int tag, String text) {
      number(tag);
      text(text);
    }
  }
}
