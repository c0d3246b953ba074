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
  /// Numbers with more digits than this around the point are not written out.
  private static final int LARGEST_SCALE = 1000;

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
    try {
      return canonical(new BigDecimal(value.toString().strip()));
    } catch (ArithmeticException | NumberFormatException _) {
      throw misfit(value, input, "a number");
    }
  }

  /// Equal numbers as equal objects, so that 1, 1.0 and '1' ask for the same thing once.
  private static Object canonical(BigDecimal number) {
    BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    if (Math.abs((long) plain.scale()) > LARGEST_SCALE) {
      throw new ArithmeticException();
    }
    boolean whole = plain.scale() <= 0 && plain.precision() - plain.scale() < 19;
    return whole ? (Object) plain.longValueExact() : new BigDecimal(plain.toPlainString());
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
        boolean scalar = !(read instanceof Map) && !(read instanceof List);
        Schema items = schema.items();
        boolean word = scalar && items != null && items.type().equals("string");
        parsed = read == null || word ? text : read;
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
      case BigDecimal decimal when Math.abs((long) decimal.scale()) <= LARGEST_SCALE ->
          decimal.toPlainString();
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
