package dev.isobar.catalog.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a template may call: functions of Go's `text/template`, then those that the format adds.
enum Function {
  AND("and", 1, true),
  CALL("call", 1, true),
  EQ("eq", 1, true),
  GE("ge", 2, false),
  GT("gt", 2, false),
  HTML("html", 0, true),
  INDEX("index", 1, true),
  LE("le", 2, false),
  LEN("len", 1, false),
  LT("lt", 2, false),
  NE("ne", 2, false),
  NOT("not", 1, false),
  OR("or", 1, true),
  PRINT("print", 0, true),
  PRINTF("printf", 1, true),
  PRINTLN("println", 0, true),
  SLICE("slice", 1, true),
  URLQUERY("urlquery", 0, true),
  GET_REGEXP_ALL_MATCHES("getRegexpAllMatches", 2, false),
  GET_REGEXP_FIRST_MATCH("getRegexpFirstMatch", 2, false),
  GET_XPATH("getXPath", 2, false),
  GET_XPATH_ALL_OUTER("getXPathAllOuter", 2, false),
  JSON_MAP_FROM_STRING("jsonMapFromString", 1, false),
  KIND_OF("kindOf", 1, false),
  PLUS1("plus1", 1, false),
  SAFE_INDEX("safeIndex", 1, true),
  SEPARATOR("separator", 1, false),
  TO_BOOL("toBool", 1, false),
  TO_INT("toInt", 1, false),
  TO_JSON("toJson", 1, false);

  private static final Map<String, Function> BY_NAME = new HashMap<>();

  static {
    for (Function function : values()) {
      BY_NAME.put(function.written, function);
    }
  }

  final String written;

  /// Arguments that have to be there.
  final int fixed;

  /// Whether more may follow.
  final boolean variadic;

  Function(String written, int fixed, boolean variadic) {
    this.written = written;
    this.fixed = fixed;
    this.variadic = variadic;
  }

  static @Nullable Function of(String name) {
    return BY_NAME.get(name);
  }
}
