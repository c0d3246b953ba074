package dev.isobar.catalog.template;

import java.util.List;

/// A part of a template: what happens when the walk comes to it.
sealed interface Node {
  /// Text that goes out as it is.
  record Text(String text) implements Node {}

  /// `{{ pipeline }}`: prints the value, or declares or assigns variables.
  record Action(Pipeline pipeline) implements Node {}

  /// `{{if}}`, or `{{with}}`, which also makes the value the dot.
  record Condition(Pipeline pipeline, boolean setsDot, List<Node> then, List<Node> otherwise)
      implements Node {}

  /// `{{range}}`. Its pipeline's variables take the element, or the index and the element.
  record Range(int at, Pipeline pipeline, List<Node> body, List<Node> otherwise) implements Node {}

  /// `{{break}}`.
  record Break() implements Node {}

  /// `{{continue}}`.
  record Continue() implements Node {}

  /// Commands, each given the value of the one before as its last argument.
  ///
  /// @param variables slots that take the value: none, one, or two (for a range)
  record Pipeline(int at, List<Integer> variables, List<Command> commands) {}

  /// A function and its arguments, or a value alone.
  record Command(List<Expression> operands) {
    Expression first() {
      return operands.getFirst();
    }
  }
}
