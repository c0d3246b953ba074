package dev.isobar.sandbox;

import dev.isobar.catalog.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Decides from a schema and from names how the values of generated rows are made.
///
/// Every field the schema declares gets a value of its type. Names and formats make it likely:
/// labels `widget-0001`, ascending ids and dates, addresses out of the documentation ranges, ids
/// that exist where a field names another collection.
final class Makers {
  private static final int DEEPEST = 6;

  /// Fields of one row, those inside of fields included: schemas that lead to each other could go
  /// on to millions. Beyond it, what is inside of fields stays empty.
  private static final int MOST_FIELDS = 1000;

  private final Set<Schema> around = new HashSet<>();
  private int fields;

  private final Behaviour behaviour;
  private final String path;
  private final String noun;
  private final List<String> variables;
  private final @Nullable String idKey;
  private final Map<String, String> references;
  private final @Nullable Schema idSchema;

  /// @param path of the collection, with `{}` for variables
  /// @param variables names of the path's variables
  /// @param idKey the field that identifies a row, or null
  /// @param references paths of the collections whose ids a field may hold, by the field's name
  Makers(
      Behaviour behaviour,
      String path,
      List<String> variables,
      @Nullable String idKey,
      Map<String, String> references) {
    this(behaviour, path, variables, idKey, references, null);
  }

  /// @param idSchema of the input that names a row; null when it demands nothing
  Makers(
      Behaviour behaviour,
      String path,
      List<String> variables,
      @Nullable String idKey,
      Map<String, String> references,
      @Nullable Schema idSchema) {
    this.idSchema = idSchema;
    this.behaviour = behaviour;
    this.path = path;
    this.variables = variables;
    this.idKey = idKey;
    this.references = references;
    this.noun = behaviour.noun(path);
  }

  /// Makers for the fields of a row.
  Fields row(Map<String, Schema> columns) {
    Map<String, Maker> fields = new LinkedHashMap<>();
    columns.forEach((name, schema) -> {
      Maker special = behaviour.maker(path, name);
      fields.put(name, special != null ? special : field(name, schema, 0));
    });
    return new Fields(fields);
  }

  /// A maker for a value that is no row, such as the response of an action.
  Maker value(Schema schema) {
    return field("", schema, 0);
  }

  private Maker field(String name, Schema schema, int depth) {
    long salt = Scope.hash(name) + depth;
    for (String variable : variables) {
      boolean names = name.equals(variable) || Words.snake(variable).equals(Words.snake(name));
      boolean scalar = schema.items() == null && propertiesOf(schema).isEmpty();
      if (depth == 0 && names && scalar && !name.equals(idKey)) {
        return (scope, _) -> typed(schema, scope.bound().getOrDefault(variable, ""));
      }
    }
    if (!schema.enumValues().isEmpty()) {
      List<@Nullable Object> values = schema.enumValues();
      return (scope, n) -> values.get((int) Math.floorMod(n, (long) values.size()));
    }
    Map<String, Schema> properties = propertiesOf(schema);
    if (!properties.isEmpty()) {
      boolean full = depth > 0 && fields + properties.size() > MOST_FIELDS;
      if (depth >= DEEPEST || full || !around.add(schema)) {
        return (_, _) -> Map.of();
      }
      fields += properties.size();
      Map<String, Maker> makers = new LinkedHashMap<>();
      properties.forEach((key, value) -> makers.put(key, field(key, value, depth + 1)));
      around.remove(schema);
      return new Fields(makers);
    }
    Schema items = schema.items();
    if (schema.type().equals("array") || items != null) {
      return array(name, items, depth, salt);
    }
    return scalar(name, schema, depth, salt);
  }

  /// The properties of an object, those of all branches of a choice included.
  static Map<String, Schema> propertiesOf(Schema schema) {
    return propertiesOf(schema, 0);
  }

  private static Map<String, Schema> propertiesOf(Schema schema, int depth) {
    Map<String, Schema> properties = new LinkedHashMap<>(schema.allProperties());
    if (depth < 3) {
      for (List<Schema> choice : List.of(schema.oneOf(), schema.anyOf())) {
        choice.forEach(branch -> propertiesOf(branch, depth + 1).forEach(properties::putIfAbsent));
      }
    }
    return properties;
  }

  private Maker array(String name, @Nullable Schema items, int depth, long salt) {
    if (items == null || depth >= DEEPEST) {
      return (_, _) -> List.of();
    }
    if (name.equals("tags") && !items.type().equals("object")) {
      return (scope, n) ->
          scope.pick(salt, n, 3) == 0
              ? List.of()
              : List.of(List.of("prod", "staging", "web", "db").get(scope.pick(salt, n, 4)));
    }
    Maker item = field(Words.singular(name), items, depth + 1);
    return (scope, n) -> {
      int size = 1 + scope.pick(salt, n, 2);
      List<@Nullable Object> list = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        list.add(item.make(scope, n * 2 + i));
      }
      return list;
    };
  }

  private Maker scalar(String name, Schema schema, int depth, long salt) {
    if (depth == 0 && name.equals(idKey)) {
      return id(schema);
    }
    String type = schema.type();
    String target = references.get(name);
    boolean scalar = List.of("string", "integer", "number", "").contains(type);
    if (target != null && scalar) {
      return (scope, n) -> {
        if (schema.nullable() && scope.pick(salt, n, 3) == 0) {
          return null;
        }
        Object id = scope.store().someId(target, Scope.mix(scope.salt() ^ salt, n));
        return id == null
            ? (schema.nullable() ? null : typed(schema, "1"))
            : typed(schema, id.toString());
      };
    }
    return switch (type) {
      case "integer" -> integer(name, schema, salt);
      case "number" -> number(schema, salt);
      case "boolean" -> {
        boolean usual = Boolean.TRUE.equals(schema.defaultValue());
        yield (scope, n) -> scope.pick(salt, n, 4) == 0 ? !usual : usual;
      }
      case "object" -> (_, _) -> Map.of();
      default -> text(name, schema, salt);
    };
  }

  private static @Nullable Pattern compiled(String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException _) {
      return null;
    }
  }

  private Maker id(Schema schema) {
    Schema asked = idSchema == null || !schema.type().equals("string") ? schema : idSchema;
    return schema.type().equals("string") ? fitted(asked, plainId(schema), 0) : plainId(schema);
  }

  private Maker plainId(Schema schema) {
    if (schema.type().equals("integer") || schema.type().equals("number")) {
      return (scope, n) -> scope.firstId() + n;
    }
    if (schema.format().equals("uuid")) {
      return (scope, n) -> uuid(scope.salt(), n);
    }
    if (schema.format().startsWith("ip")) {
      return (scope, n) -> ipv4(scope.salt(), n);
    }
    String key = idKey == null ? "" : idKey;
    if (key.contains("uuid") || key.equals("token")) {
      return (scope, n) -> uuid(scope.salt(), n);
    }
    return (_, n) -> noun + "-" + Words.padded(n + 1);
  }

  private static Maker integer(String name, Schema schema, long salt) {
    if (name.equals("port")) {
      return (scope, n) -> List.of(80L, 443L, 8080L, 5432L).get(scope.pick(salt, n, 4));
    }
    long least = schema.minimum() == null ? 0 : schema.minimum().longValue();
    long most = schema.maximum() == null ? least + 99 : schema.maximum().longValue();
    if (name.equals("id") || name.endsWith("_id") || name.endsWith("Id")) {
      return (scope, n) -> 1000 + (Scope.mix(scope.salt() ^ salt, n) & 0xFFFF);
    }
    int span = Math.clamp(most - least + 1, 1, 100);
    return (scope, n) -> least + scope.pick(salt, n, span);
  }

  private static Maker number(Schema schema, long salt) {
    BigDecimal least =
        schema.minimum() == null ? BigDecimal.ZERO : new BigDecimal(schema.minimum().toString());
    BigDecimal most = schema.maximum() == null ? null : new BigDecimal(schema.maximum().toString());
    return (scope, n) -> {
      BigDecimal value = least.add(BigDecimal.valueOf(scope.pick(salt, n, 9999), 2));
      return most != null && value.compareTo(most) > 0 ? most : value;
    };
  }

  private Maker text(String name, Schema schema, long salt) {
    return fitted(schema, text(name, schema.format(), salt), salt);
  }

  /// What a maker gives, made to fit the schema's length and pattern.
  private static Maker fitted(Schema schema, Maker text, long salt) {
    String pattern = schema.pattern();
    int longest = schema.maxLength() == null ? Integer.MAX_VALUE : schema.maxLength();
    int shortest = schema.minLength() == null ? 0 : schema.minLength();
    if (pattern != null) {
      Pattern compiled = compiled(pattern);
      return (scope, n) -> {
        Object usual = text.make(scope, n);
        String made = String.valueOf(usual);
        boolean fits =
            made.length() >= shortest
                && made.length() <= longest
                && (compiled == null || compiled.matcher(made).find());
        String other = fits ? null : PatternText.of(pattern, Scope.mix(salt, n), shortest, longest);
        return other == null ? usual : other;
      };
    }
    Integer most = schema.maxLength();
    int least = shortest;
    if (most == null && least == 0) {
      return text;
    }
    return (scope, n) -> {
      String made = String.valueOf(text.make(scope, n));
      if (most != null && made.length() > most) {
        return made.substring(made.length() - most);
      }
      return made.length() < least ? made + "x".repeat(least - made.length()) : made;
    };
  }

  private Maker text(String name, String format, long salt) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (format.equals("date-time") || (format.isEmpty() && isDate(lower))) {
      long late = lower.startsWith("updat") || lower.startsWith("last") ? 86_400 : 0;
      long far = lower.contains("expir") || lower.equals("until") ? 86_400L * 365 : 0;
      String suffix = behaviour.dateSuffix();
      return (_, n) ->
          Dates.text(Dates.START + Math.floorMod(n, 7000L) * 3607 + late + far, suffix);
    }
    return switch (format) {
      case "date" -> (_, n) -> Dates.text(Dates.START + (n % 300) * 86_400, "").substring(0, 10);
      case "uuid" -> (scope, n) -> uuid(scope.salt() ^ salt, n);
      case "email" -> (_, n) -> "user-" + Words.padded(n + 1) + "@example.com";
      case "ipv4", "ip" ->
          lower.contains("ipv6")
              ? (scope, n) -> ipv6(scope.salt() ^ salt, n)
              : (scope, n) -> ipv4(scope.salt() ^ salt, n);
      case "ipv6" -> (scope, n) -> ipv6(scope.salt() ^ salt, n);
      case "ipv6/128" -> (scope, n) -> ipv6(scope.salt() ^ salt, n) + "/128";
      case "uri", "url" -> (_, n) -> "https://www.example.com/" + noun + "/" + (n + 1);
      case "byte", "base64", "binary" -> (_, _) -> "c2FuZGJveA==";
      case "MM/YYYY" -> (_, n) -> "0" + (1 + n % 9) + "/2031";
      default ->
          format.contains("prefix_length") || format.contains("netmask")
              ? (scope, n) -> "198.51.100." + scope.pick(salt, n, 250) + "/32"
              : named(lower, name, salt);
    };
  }

  private static boolean isDate(String lower) {
    return lower.equals("created")
        || lower.equals("updated")
        || lower.endsWith("_at")
        || lower.endsWith("_time")
        || lower.endsWith("timestamp");
  }

  private Maker named(String lower, String name, long salt) {
    if (lower.equals("ports")) {
      return (scope, n) -> List.of("22", "80,443", "5432").get(scope.pick(salt, n, 3));
    }
    if (lower.equals("last_four")) {
      return (scope, n) -> Words.padded(scope.pick(salt, n, 10_000));
    }
    if (lower.isEmpty() || List.of("label", "name", "title", "slug").contains(lower)) {
      return (_, n) -> noun + "-" + Words.padded(n + 1);
    }
    if (lower.contains("email")) {
      return (_, n) -> "user-" + Words.padded(n + 1) + "@example.com";
    }
    if (lower.contains("username") || lower.equals("login") || lower.endsWith("_by")) {
      return (_, n) -> "user-" + Words.padded(n % 40 + 1);
    }
    if (lower.contains("uuid")) {
      return (scope, n) -> uuid(scope.salt() ^ salt, n);
    }
    if (lower.contains("ipv6")) {
      return (scope, n) -> ipv6(scope.salt() ^ salt, n);
    }
    if (lower.equals("ip") || lower.contains("ipv4") || lower.endsWith("_ip")) {
      return (scope, n) -> ipv4(scope.salt() ^ salt, n);
    }
    if (lower.contains("phone")) {
      return (_, n) -> "+1555555" + Words.padded(n % 10_000);
    }
    if (lower.contains("country")) {
      return (_, n) -> List.of("us", "de", "in", "jp", "gb").get((int) (n % 5));
    }
    if (lower.contains("hostname") || lower.contains("domain") || lower.equals("fqdn")) {
      return (_, n) -> noun + "-" + Words.padded(n + 1) + ".example.com";
    }
    if (lower.contains("url") || lower.contains("uri") || lower.contains("href")) {
      return (_, n) -> "https://www.example.com/" + noun + "/" + (n + 1);
    }
    if (lower.contains("version")) {
      return (_, n) -> "1." + n % 10;
    }
    if (lower.equals("status") || lower.equals("state")) {
      return (_, _) -> "active";
    }
    if (lower.contains("description") || lower.contains("summary") || lower.contains("comment")) {
      return (_, n) -> "The " + noun + " number " + (n + 1) + ".";
    }
    String word = Words.snake(name).replace('_', '-');
    return (scope, n) -> word + "-" + (1 + scope.pick(salt, n, 9));
  }

  private static Object typed(Schema schema, String value) {
    return switch (schema.type()) {
      case "integer", "number" ->
          value.matches("-?[0-9]{1,18}")
              ? Long.valueOf(value)
              : Long.valueOf(Math.floorMod(Scope.hash(value), 1_000_000L));
      case "boolean" -> value.equals("true");
      default -> value;
    };
  }

  static String uuid(long salt, long n) {
    long high = Scope.mix(salt, n);
    long low = Scope.mix(high, n);
    return new java.util.UUID(
            (high & ~0xF000L) | 0x4000L, (low & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L)
        .toString();
  }

  /// An address out of the ranges that RFC 5737 sets aside for documentation and RFC 2544 for
  /// tests.
  static String ipv4(long salt, long n) {
    if (n < 250 && n >= 0) {
      return "203.0.113." + (n + 1);
    }
    long bits = (n + Math.floorMod(salt, 7L)) & 0x1FFFF;
    return "198." + (18 + (bits >> 16)) + "." + ((bits >> 8) & 255) + "." + (bits & 255);
  }

  /// An address out of the range that RFC 3849 sets aside for documentation.
  static String ipv6(long salt, long n) {
    return "2001:db8:"
        + Long.toHexString(Math.floorMod(salt, 0xFFFFL))
        + "::"
        + Long.toHexString((n + 1) & 0xFFFF);
  }
}
