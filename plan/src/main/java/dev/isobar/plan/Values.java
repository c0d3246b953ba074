package dev.isobar.plan;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Schema;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/// Values of SQL made to fit the schema of the input they are given to.
///
/// Most people quote everything, so text that reads as the wanted type is taken as such.
final class Values {
  private Values() {}

  /// The value as the schema wants it: [Long], [BigInteger], [BigDecimal], [Double], [Boolean],
  /// [String], [Map] or [List].
  ///
  /// @throws IsobarException `INVALID_PARAMETER` when it cannot be that
  static Object convert(Object value, Input input) {
    Schema schema = input.schema();
    return switch (schema.type()) {
      case "integer" -> integer(value, input);
      case "number" -> number(value, input);
      case "boolean" -> bool(value, input);
      case "array", "object" -> json(value, input, schema);
      case "string" -> plainText(value);
      default -> value instanceof String text ? untyped(text) : value;
    };
  }

  private static Object integer(Object value, Input input) {
    try {
      BigInteger integer =
          switch (value) {
            case Long l -> BigInteger.valueOf(l);
            case BigInteger i -> i;
            case BigDecimal d -> d.toBigIntegerExact();
            case Double d -> new BigDecimal(d).toBigIntegerExact();
            case String s -> new BigDecimal(s.strip()).toBigIntegerExact();
            default -> throw new ArithmeticException();
          };
      return integer.bitLength() < 64 ? (Object) integer.longValue() : integer;
    } catch (ArithmeticException | NumberFormatException _) {
      throw misfit(value, input, "an integer");
    }
  }

  private static Object number(Object value, Input input) {
    if (value instanceof Number) {
      return value;
    }
    try {
      return new BigDecimal(value.toString().strip());
    } catch (NumberFormatException _) {
      throw misfit(value, input, "a number");
    }
  }

  private static Object bool(Object value, Input input) {
    if (value instanceof Boolean) {
      return value;
    }
    String text = value.toString().strip();
    if (text.equalsIgnoreCase("true") || text.equals("1")) {
      return true;
    }
    if (text.equalsIgnoreCase("false") || text.equals("0")) {
      return false;
    }
    throw misfit(value, input, "a boolean");
  }

  private static Object json(Object value, Input input, Schema schema) {
    boolean array = schema.type().equals("array");
    Object parsed = value;
    if (value instanceof String text) {
      try {
        Object read = Json.parse(text);
        parsed = read == null ? text : read;
      } catch (IllegalArgumentException e) {
        if (!array) {
          throw misfit(value, input, "a JSON object");
        }
        // One element of a list may be written without the brackets.
        return List.of(text);
      }
    }
    if (array) {
      return parsed instanceof List ? parsed : List.of(parsed);
    }
    if (!(parsed instanceof Map)) {
      throw misfit(value, input, "a JSON object");
    }
    return parsed;
  }

  private static Object untyped(String text) {
    String stripped = text.strip();
    if (stripped.startsWith("{") || stripped.startsWith("[")) {
      try {
        Object read = Json.parse(stripped);
        return read == null ? text : read;
      } catch (IllegalArgumentException _) {
        return text;
      }
    }
    return text;
  }

  /// The text that a URL or a string property carries.
  static String plainText(Object value) {
    return switch (value) {
      case String text -> text;
      case BigDecimal decimal -> decimal.toPlainString();
      case Double d when d == Math.rint(d) && Math.abs(d) < 1e15 -> Long.toString(d.longValue());
      case Map<?, ?> map -> Json.write(map);
      case List<?> list -> Json.write(list);
      default -> value.toString();
    };
  }

  private static IsobarException misfit(Object value, Input input, String wanted) {
    String shown = plainText(value);
    return new IsobarException(
        ErrorCode.INVALID_PARAMETER,
        "`"
            + input.name()
            + "` takes "
            + wanted
            + ", not `"
            + (input.schema().format().equals("password")
                ? "***"
                : shown.length() > 80 ? shown.substring(0, 80) + "…" : shown)
            + "`.",
        "DESCRIBE METHOD shows the type of every input.");
  }
}
