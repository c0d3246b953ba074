package dev.isobar.sandbox;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes plain values as JSON into an array of bytes.
///
/// A page of 500 rows is written for each of a hundred requests that arrive sixteen at a time, so
/// this takes no detour over text. Not thread-safe.
final class JsonBytes {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int length;

  JsonBytes(int expected) {
    bytes = new byte[Math.max(64, expected)];
  }

  /// The bytes; only the first [#length()] count.
  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  void value(@Nullable Object value) {
    switch (value) {
      case null -> ascii("null");
      case String text -> string(text);
      case Long number -> number(number);
      case Integer number -> number(number);
      case Boolean flag -> ascii(flag ? "true" : "false");
      case Map<?, ?> map -> object(map);
      case List<?> list -> array(list);
      case Double number -> ascii(BigDecimal.valueOf(number).toPlainString());
      case BigDecimal number -> ascii(number.toPlainString());
      case Number number -> ascii(number.toString());
      default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
    }
  }

  void raw(char ascii) {
    room(1);
    bytes[length++] = (byte) ascii;
  }

  void name(String name) {
    string(name);
    raw(':');
  }

  private void object(Map<?, ?> map) {
    raw('{');
    boolean first = true;
    for (var entry : map.entrySet()) {
      if (!first) {
        raw(',');
      }
      first = false;
      name((String) entry.getKey());
      value(entry.getValue());
    }
    raw('}');
  }

  private void array(List<?> list) {
    raw('[');
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        raw(',');
      }
      value(list.get(i));
    }
    raw(']');
  }

  private void number(long number) {
    if (number == Long.MIN_VALUE) {
      ascii(Long.toString(number));
      return;
    }
    room(20);
    if (number < 0) {
      bytes[length++] = '-';
      number = -number;
    }
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    length += digits;
    int at = length;
    do {
      bytes[--at] = (byte) ('0' + number % 10);
      number /= 10;
    } while (number > 0);
  }

  private void ascii(String text) {
    int size = text.length();
    room(size);
    for (int i = 0; i < size; i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  private void string(String text) {
    int size = text.length();
    room(size * 6 + 2);
    byte[] to = bytes;
    int at = length;
    to[at++] = '"';
    for (int i = 0; i < size; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        byte[] rest = text.substring(i).getBytes(StandardCharsets.UTF_8);
        length = at;
        escaped(rest);
        raw('"');
        return;
      }
      at = put(to, at, (byte) c);
    }
    to[at++] = '"';
    length = at;
  }

  private void escaped(byte[] utf8) {
    room(utf8.length * 6 + 1);
    int at = length;
    for (byte b : utf8) {
      at = put(bytes, at, b);
    }
    length = at;
  }

  private static int put(byte[] to, int at, byte b) {
    if (b >= 0 && b < 0x20) {
      to[at++] = '\\';
      to[at++] = 'u';
      to[at++] = '0';
      to[at++] = '0';
      to[at++] = HEX[b >> 4];
      to[at++] = HEX[b & 15];
      return at;
    }
    if (b == '"' || b == '\\') {
      to[at++] = '\\';
    }
    to[at++] = b;
    return at;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
