package dev.isobar.parse;

import java.util.List;

/// Statements in written order.
///
/// @param text the whole script; every span is an offset into it
public record Script(String text, List<Statement> statements) {
  public Script {
    statements = List.copyOf(statements);
  }
}
