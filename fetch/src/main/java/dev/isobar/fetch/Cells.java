package dev.isobar.fetch;

import dev.isobar.model.ColumnType;
import dev.isobar.model.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// JSON values to the cells of a column's type. A value that would lose something does not fit: it
/// becomes null, and is counted.
///
/// For the value at the parser's current token; leaves the parser at the value's last token.
final class Cells {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  private final JsonText document;
  private final JsonParser parser;
  private final Misfits misfits;

  /// @param document what the parser reads
  Cells(JsonText document, JsonParser parser, Misfits misfits) {
    this.document = document;
    this.parser = parser;
    this.misfits = misfits;
  }

  /// The cell for a value that is no object and no list.
  @Nullable Object read(JsonToken token, ColumnType type, int column) {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    return switch (type) {
      // The text of a number is as it was sent, digit for digit.
      case VARCHAR, TEXT -> parser.getString();
      case JSON ->
          token == JsonToken.VALUE_STRING ? Json.write(parser.getString()) : parser.getString();
      case BIGINT -> {
        if (token == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
          yield parser.getLongValue();
        }
        yield fit(token, type, column);
      }
      case DOUBLE -> {
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
          double value = parser.getDoubleValue();
          if (Double.isFinite(value)) {
            yield value;
          }
        }
        yield fit(token, type, column);
      }
      case BOOLEAN -> {
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
          yield token == JsonToken.VALUE_TRUE;
        }
        yield fit(token, type, column);
      }
      case DECIMAL -> fit(token, type, column);
    };
  }

  private @Nullable Object fit(JsonToken token, ColumnType type, int column) {
    String text = parser.getString();
    Object cell = token.isBoolean() ? null : convert(text, type, token != JsonToken.VALUE_STRING);
    if (cell == null) {
      misfits.add(column, text);
    }
    return cell;
  }

  /// The cell that holds exactly what the text says, or null when there is none.
  ///
  /// @param number whether the text is a JSON number: then its spelling (`12.0`) may go
  static @Nullable Object convert(String text, ColumnType type, boolean number) {
    return switch (type) {
      case VARCHAR, TEXT -> text;
      case JSON -> Json.write(text);
      case BOOLEAN ->
          switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
          };
      case BIGINT -> integer(text, number);
      case DOUBLE -> {
        if (!NUMBER.matcher(text).matches()) {
          yield null;
        }
        double value = Double.parseDouble(text);
        yield Double.isFinite(value) ? value : null;
      }
      case DECIMAL -> NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
    };
  }

  private static @Nullable Long integer(String text, boolean number) {
    // Longer than any integer that fits, and a huge exponent would take forever to spell out.
    if (text.length() > 40 || !NUMBER.matcher(text).matches()) {
      return null;
    }
    if (!number) {
      boolean plain = text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
      if (!plain || text.equals("-0")) {
        return null;
      }
    }
    BigDecimal value = new BigDecimal(text);
    if (value.signum() == 0) {
      return 0L;
    }
    if (value.precision() - value.scale() > 19 || value.stripTrailingZeros().scale() > 0) {
      return null;
    }
    BigInteger exact = value.toBigIntegerExact();
    return exact.bitLength() < 64 ? (Long) exact.longValue() : null;
  }

  /// The cell for an object or a list, given as [#nested()] reads it.
  @Nullable Object nested(String text, ColumnType type, int column) {
    return switch (type) {
      case VARCHAR, TEXT, JSON -> text;
      case BIGINT, DOUBLE, BOOLEAN, DECIMAL -> {
        misfits.add(column, text);
        yield null;
      }
    };
  }

  /// The object or array as it was sent, without the blanks between its tokens: no number is
  /// rounded and no tree is built.
  String nested() {
    long start = parser.currentTokenLocation().getByteOffset();
    document.keepFrom(start);
    parser.skipChildren();
    return document.compact(start, parser.currentLocation().getByteOffset());
  }

  static String compact(byte[] json, int start, int end) {
    byte[] out = new byte[end - start];
    int length = 0;
    boolean inString = false;
    for (int i = start; i < end; i++) {
      byte b = json[i];
      if (inString) {
        out[length++] = b;
        if (b == '\\') {
          out[length++] = json[++i];
        } else if (b == '"') {
          inString = false;
        }
      } else if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        out[length++] = b;
        inString = b == '"';
      }
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }
}
