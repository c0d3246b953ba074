package dev.isobar.catalog.compiled;

import dev.isobar.catalog.Schema;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// One compiled file in memory; decodes strings and schemas when they are first asked for.
///
/// Guarded by whoever owns it: schemas are shared, and incomplete while one is decoded.
final class FileReader {
  private final String name;
  private final byte[] file;
  private final String source;
  private final Table strings;
  private final Table schemas;
  private final int body;
  private final @Nullable String[] knownStrings;
  private final @Nullable Schema[] knownSchemas;
  private final ArrayDeque<Unfilled> unfilled = new ArrayDeque<>();
  private boolean filling;

  private record Unfilled(Schema.Builder facts, Cursor cursor) {}

  /// @param name for messages
  /// @throws IsobarException `INVALID_DOCUMENT` when it is damaged or of another version
  FileReader(String name, byte[] file) {
    this.name = name;
    this.file = file;
    Cursor cursor = new Cursor(0, file.length);
    if (cursor.int32() != FileWriter.MAGIC || cursor.number() != FileWriter.VERSION) {
      throw damaged();
    }
    int checksum = cursor.int32();
    CRC32 actual = new CRC32();
    actual.update(file, cursor.at, file.length - cursor.at);
    if (checksum != (int) actual.getValue()) {
      throw damaged();
    }
    int length = cursor.int32();
    cursor.need(length);
    this.source = new String(file, cursor.at, length, StandardCharsets.UTF_8);
    cursor.at += length;
    this.strings = table(cursor);
    this.schemas = table(cursor);
    this.body = cursor.at;
    this.knownStrings = new @Nullable String[strings.count];
    this.knownSchemas = new @Nullable Schema[schemas.count];
  }

  /// What the writer was told of the source.
  String source() {
    return source;
  }

  Cursor body() {
    return new Cursor(body, file.length);
  }

  private IsobarException damaged() {
    return new IsobarException(
        ErrorCode.INVALID_DOCUMENT,
        "The compiled document `" + name + "` is damaged or of another version.",
        "Delete it: it is made again from the provider's documents.");
  }

  private Table table(Cursor cursor) {
    int count = cursor.int32();
    int offsets = cursor.at;
    cursor.need((count + 1L) * Integer.BYTES);
    int entries = offsets + (count + 1) * Integer.BYTES;
    cursor.at = entries - Integer.BYTES;
    int length = cursor.int32();
    cursor.need(length);
    cursor.at += length;
    return new Table(count, offsets, entries);
  }

  /// Where a table's offsets and entries begin.
  private record Table(int count, int offsets, int entries) {}

  private Cursor entry(Table table, int index) {
    Cursor offset = new Cursor(table.offsets + index * Integer.BYTES, table.entries);
    int start = table.entries + offset.int32();
    return new Cursor(start, table.entries + offset.int32());
  }

  private String string(int index) {
    if (index < 0 || index >= strings.count) {
      throw damaged();
    }
    String known = knownStrings[index];
    if (known == null) {
      Cursor entry = entry(strings, index);
      known = new String(file, entry.at, entry.end - entry.at, StandardCharsets.UTF_8);
      knownStrings[index] = known;
    }
    return known;
  }

  private Schema schema(int index) {
    if (index < 0 || index >= schemas.count) {
      throw damaged();
    }
    Schema known = knownSchemas[index];
    if (known != null) {
      return known;
    }
    Schema.Builder facts = new Schema.Builder();
    Schema schema = facts.build();
    knownSchemas[index] = schema;
    unfilled.add(new Unfilled(facts, entry(schemas, index)));
    // What a schema refers to is filled in after it, however long the chain.
    if (!filling) {
      filling = true;
      try {
        for (Unfilled next = unfilled.peek(); next != null; next = unfilled.peek()) {
          SchemaForm.read(next.cursor, next.facts);
          unfilled.remove();
        }
      } finally {
        filling = false;
      }
    }
    return schema;
  }

  /// Reads forward through a run of encoded values.
  final class Cursor {
    private int at;
    private final int end;

    private Cursor(int at, int end) {
      this.at = at;
      this.end = end;
      if (at < 0 || end > file.length || at > end) {
        throw damaged();
      }
    }

    /// A cursor of its own at the same place.
    Cursor copy() {
      return new Cursor(at, end);
    }

    /// The next `length` bytes as a run of their own, which this cursor passes over.
    Cursor part(int length) {
      need(length);
      Cursor part = new Cursor(at, at + length);
      at += length;
      return part;
    }

    private void need(long length) {
      if (length < 0 || length > end - at) {
        throw damaged();
      }
    }

    int int32() {
      need(Integer.BYTES);
      int value =
          ((file[at] & 0xFF) << 24)
              | ((file[at + 1] & 0xFF) << 16)
              | ((file[at + 2] & 0xFF) << 8)
              | (file[at + 3] & 0xFF);
      at += Integer.BYTES;
      return value;
    }

    long number() {
      long value = 0;
      for (int shift = 0; shift < Long.SIZE; shift += 7) {
        need(1);
        byte next = file[at++];
        value |= (next & 0x7FL) << shift;
        if (next >= 0) {
          return value;
        }
      }
      throw damaged();
    }

    int count() {
      long count = number();
      if (count < 0 || count > Integer.MAX_VALUE) {
        throw damaged();
      }
      return (int) count;
    }

    boolean flag() {
      return number() != 0;
    }

    String text() {
      return string(count() - 1);
    }

    @Nullable String textOrNull() {
      int index = count();
      return index == 0 ? null : string(index - 1);
    }

    List<String> texts() {
      int count = count();
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        texts.add(text());
      }
      return texts;
    }

    Schema schema() {
      return FileReader.this.schema(count() - 1);
    }

    @Nullable Schema schemaOrNull() {
      int index = count();
      return index == 0 ? null : FileReader.this.schema(index - 1);
    }

    @Nullable Object value() {
      return switch (count()) {
        case ValueForm.NULL -> null;
        case ValueForm.TRUE -> true;
        case ValueForm.FALSE -> false;
        case ValueForm.TEXT -> text();
        case ValueForm.LONG -> number();
        case ValueForm.BIG_INTEGER -> new BigInteger(text());
        case ValueForm.DECIMAL -> new BigDecimal(text());
        case ValueForm.LIST -> list();
        case ValueForm.MAP -> members();
        default -> throw damaged();
      };
    }

    private List<@Nullable Object> list() {
      int count = count();
      List<@Nullable Object> list = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        list.add(value());
      }
      return list;
    }

    /// A value that is a map.
    Map<String, @Nullable Object> map() {
      if (count() != ValueForm.MAP) {
        throw damaged();
      }
      return members();
    }

    private Map<String, @Nullable Object> members() {
      int count = count();
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        map.put(text(), value());
      }
      return map;
    }

    <E extends Enum<E>> E oneOf(E[] constants) {
      String wanted = text();
      for (E constant : constants) {
        if (constant.name().equals(wanted)) {
          return constant;
        }
      }
      throw damaged();
    }
  }
}
