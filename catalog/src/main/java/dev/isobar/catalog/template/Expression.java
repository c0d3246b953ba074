package dev.isobar.catalog.template;

import java.util.List;

/// An operand of a command.
sealed interface Expression {
  /// Offset in the template's text.
  int at();

  /// `.`.
  record Dot(int at) implements Expression {}

  /// `nil`.
  record Nil(int at) implements Expression {}

  /// A text, number or boolean.
  record Constant(int at, Object value) implements Expression {}

  /// `.a.b`: properties of the dot.
  record Field(int at, List<String> names) implements Expression {}

  /// `$v` or `$v.a.b`.
  ///
  /// @param slot place among the variables of an [Evaluation]
  record Variable(int at, String name, int slot, List<String> names) implements Expression {}

  /// `(pipeline).a.b`, or a function's name with properties behind it.
  record Chain(int at, Expression inner, List<String> names) implements Expression {}

  /// `(pipeline)`.
  record Group(int at, Node.Pipeline pipeline) implements Expression {}

  /// A function's name.
  record Call(int at, Function function) implements Expression {}
}
