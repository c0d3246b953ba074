package dev.isobar.catalog.document;

import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/// YAML text to the plain values that [dev.isobar.model.Json] names, with the types of YAML 1.2.
///
/// Lenient where real documents need it: keys are strings whatever they look like (`200`, `y`,
/// `on`), dates and `yes`/`no` are strings, a tag that nobody knows is as if it were not there, and
/// an aliased value is shared, not copied. Works on parser events, because building SnakeYAML's own
/// tree first takes twice as long.
final class YamlReader {
  /// Real documents reach 29.
  private static final int DEEPEST = 200;

  private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\.[0-9]+|(0|[1-9][0-9]*)(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?");

  private final Parser parser;
  private final Map<String, @Nullable Object> anchors = new HashMap<>();
  private final Map<String, String> keys = new HashMap<>();

  private YamlReader(Parser parser) {
    this.parser = parser;
  }

  /// Reads the first document of the text.
  ///
  /// @throws YAMLException when it is not YAML
  static @Nullable Object read(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    String clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
    Parser parser = new ParserImpl(new StreamReader(new StringReader(clean)), options);
    return new YamlReader(parser).document();
  }

  private @Nullable Object document() {
    while (!parser.checkEvent(Event.ID.DocumentStart)) {
      if (parser.checkEvent(Event.ID.StreamEnd)) {
        return null;
      }
      parser.getEvent();
    }
    parser.getEvent();
    return value(parser.getEvent(), 0);
  }

  private @Nullable Object value(Event event, int depth) {
    if (depth > DEEPEST) {
      throw new YAMLException("values are nested deeper than " + DEEPEST + " levels");
    }
    if (event instanceof AliasEvent alias) {
      if (!anchors.containsKey(alias.getAnchor())) {
        throw new YAMLException("nothing is called &" + alias.getAnchor() + " before its use");
      }
      return anchors.get(alias.getAnchor());
    }
    Object value =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar);
          case SequenceStartEvent _ -> sequence(depth);
          case MappingStartEvent _ -> mapping(depth);
          default -> throw new YAMLException("no value begins at " + event);
        };
    // Only now: a value that holds itself would have no end.
    String anchor = ((NodeEvent) event).getAnchor();
    if (anchor != null) {
      anchors.put(anchor, value);
    }
    return value;
  }

  private List<@Nullable Object> sequence(int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      list.add(value(parser.getEvent(), depth + 1));
    }
    parser.getEvent();
    return list;
  }

  private Map<String, @Nullable Object> mapping(int depth) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    Map<String, @Nullable Object> merged = new LinkedHashMap<>();
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      Event event = parser.getEvent();
      boolean plain = event instanceof ScalarEvent scalar && scalar.isPlain();
      String key = event instanceof ScalarEvent s ? s.getValue() : key(value(event, depth + 1));
      Object value = value(parser.getEvent(), depth + 1);
      if (plain && key.equals("<<")) {
        merge(merged, value);
      } else {
        map.put(keys.computeIfAbsent(key, same -> same), value);
      }
    }
    parser.getEvent();
    merged.forEach(map::putIfAbsent);
    return map;
  }

  private static String key(@Nullable Object value) {
    return String.valueOf(value);
  }

  private static void merge(Map<String, @Nullable Object> merged, @Nullable Object value) {
    switch (value) {
      case Map<?, ?> map -> map.forEach((k, v) -> merged.putIfAbsent(String.valueOf(k), v));
      case List<?> list -> list.forEach(map -> merge(merged, map));
      case null, default -> throw new YAMLException("<< needs a mapping");
    }
  }

  private static @Nullable Object scalar(ScalarEvent event) {
    String tag = event.getTag();
    boolean text = tag != null && (tag.equals("!") || tag.equals("tag:yaml.org,2002:str"));
    return text || event.getScalarStyle() != ScalarStyle.PLAIN
        ? event.getValue()
        : plain(event.getValue());
  }

  private static @Nullable Object plain(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> null;
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> number(text);
    };
  }

  private static Object number(String text) {
    char first = text.charAt(0);
    boolean maybe = (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
    if (maybe && INTEGER.matcher(text).matches()) {
      return text.length() < 19 ? (Object) Long.valueOf(text) : whole(new BigInteger(text));
    }
    return maybe && DECIMAL.matcher(text).matches() ? new BigDecimal(text) : text;
  }

  private static Object whole(BigInteger value) {
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }
}
