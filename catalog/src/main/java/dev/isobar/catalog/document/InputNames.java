package dev.isobar.catalog.document;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Wire.Casing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Names inputs on both sides of `nativeCasing`: as the API does, and in snake_case.
///
/// A name that two inputs could have is that of neither: each is always called as the API calls it.
///
/// @param casing of the method
/// @param snakeCase whether the snake_case name is the one that is shown
record InputNames(Casing casing, boolean snakeCase) {
  private static final Pattern WORDS = Pattern.compile("[A-Za-z][A-Za-z0-9]*");
  private static final Pattern PARTED = Pattern.compile("[A-Za-z][A-Za-z0-9]*([-.][A-Za-z0-9]+)+");

  List<Input> of(List<Input> inputs) {
    if (casing == Casing.NONE || casing == Casing.SNAKE) {
      return inputs;
    }
    Map<String, Integer> uses = new HashMap<>();
    for (Input input : inputs) {
      Set<String> names = new HashSet<>(input.aliases());
      names.add(input.name());
      names.add(snake(input));
      names.forEach(name -> uses.merge(name, 1, Integer::sum));
    }
    List<Input> named = new ArrayList<>();
    for (Input input : inputs) {
      String snake = snake(input);
      boolean same = snake.equals(input.name());
      named.add(same || uses.getOrDefault(snake, 1) > 1 ? input : both(input, snake));
    }
    return named;
  }

  private Input both(Input input, String snake) {
    boolean word = WORDS.matcher(input.wireName()).matches() || casing == Casing.KEBAB;
    boolean shown = snakeCase && word;
    List<String> aliases = new ArrayList<>(input.aliases());
    aliases.add(shown ? input.name() : snake);
    return input.named(shown ? snake : input.name(), aliases);
  }

  /// The SQL name in snake_case: `data__WidgetKind` as `data__widget_kind`, `X-Acme-Target` as
  /// `x_acme_target`. Names of other shapes stay.
  private static String snake(Input input) {
    String wire = input.wireName();
    String prefix = input.name().substring(0, Math.max(0, input.name().length() - wire.length()));
    if (WORDS.matcher(wire).matches()) {
      return prefix + SnakeCase.of(wire);
    }
    return PARTED.matcher(wire).matches()
        ? prefix + wire.replace('-', '_').replace('.', '_').toLowerCase(Locale.ROOT)
        : input.name();
  }
}
