package dev.isobar.sandbox;

import java.util.Locale;

/// Turns names of paths and fields into each other's spelling.
final class Words {
  private Words() {}

  /// `linodeId` to `linode_id`; `X-Trace-Id` to `x_trace_id`.
  static String snake(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('-', '_').toLowerCase(Locale.ROOT);
  }

  /// A name without what spellings differ in: `Table_Name` and `tableName` become `tablename`.
  static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  /// What one thing of a list is called: `widgets` to `widget`, `policies` to `policy`.
  static String singular(String plural) {
    if (plural.endsWith("ies") && plural.length() > 4) {
      return plural.substring(0, plural.length() - 3) + "y";
    }
    if (plural.endsWith("sses") || plural.endsWith("xes") || plural.endsWith("ches")) {
      return plural.substring(0, plural.length() - 2);
    }
    return plural.endsWith("s") && !plural.endsWith("ss") && plural.length() > 2
        ? plural.substring(0, plural.length() - 1)
        : plural;
  }

  /// The number with zeros before it, four digits at least.
  static String padded(long number) {
    String digits = Long.toString(number);
    return digits.length() >= 4 ? digits : "0000".substring(digits.length()) + digits;
  }
}
