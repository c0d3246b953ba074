package dev.isobar.docgen;

import dev.isobar.model.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What the search of a site looks through: the names of services, resources, methods and fields,
/// each under every word in it.
///
/// It is written as scripts, because a page that lies in a folder may load nothing else, and in
/// parts by how words begin, because most of it is never needed: `ph.js` holds what has a word that
/// begins with "ph". Parts that would be too large are divided by the next letter; a single word
/// that is in too many names (`delete`) holds the shortest of them and says that there are more.
final class SearchIndex {
  private static final int PART = 150_000;

  /// How many places of one name are told.
  private static final int PLACES = 12;

  private static final Pattern BETWEEN =
      Pattern.compile("[^\\p{L}\\p{N}]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  /// A name of some kind, in all places that have it.
  private static final class Entry {
    final String name;
    final char kind;
    final List<List<String>> places = new ArrayList<>();
    int total;

    Entry(String name, char kind) {
      this.name = name;
      this.kind = kind;
    }

    List<Object> json() {
      return List.of(name, String.valueOf(kind), total, places);
    }

    int length() {
      int length = name.length() + 16;
      for (List<String> place : places) {
        length += 6 + place.getFirst().length() + place.getLast().length();
      }
      return length;
    }
  }

  private final Map<String, Entry> entries = new TreeMap<>();

  /// @param files where each anchor of the page is
  /// @param first the first file of the page
  void add(Page page, Map<String, String> files, String first) {
    PageName name = page.name();
    String file = inside(first);
    add(
        name.last(),
        name.service().isEmpty() ? 'p' : name.resource().isEmpty() ? 's' : 'r',
        file,
        "");
    if (name.resource().isEmpty()) {
      return;
    }
    Set<String> fields = new HashSet<>();
    for (Block block : page.outline()) {
      if (block instanceof Block.Grid grid && grid.names() == Block.Names.FIELDS) {
        for (List<List<Inline>> row : grid.rows()) {
          String anchor = Block.Names.anchor(row);
          add(fields, row, inside(files.getOrDefault(anchor, first)), anchor);
        }
      }
    }
    String anchor = "";
    for (Block block : page.details()) {
      if (block instanceof Block.Heading heading && heading.isName()) {
        anchor = heading.anchor();
        add(heading.text(), 'm', inside(files.getOrDefault(anchor, first)), anchor);
      } else if (block instanceof Block.Grid grid && grid.names() != Block.Names.NOTHING) {
        for (List<List<Inline>> row : grid.rows()) {
          add(fields, row, inside(files.getOrDefault(anchor, first)), anchor);
        }
      }
    }
  }

  /// A field of a resource is found once, wherever it occurs.
  private void add(Set<String> fields, List<List<Inline>> row, String file, String anchor) {
    List<Inline> cell = row.getFirst();
    if (!cell.isEmpty() && cell.getFirst() instanceof Inline.Code code && fields.add(code.text())) {
      add(code.text(), 'f', file, anchor);
    }
  }

  private void add(String name, char kind, String file, String anchor) {
    String shown = Words.line(name, 200);
    Entry entry = entries.computeIfAbsent(shown + "\n" + kind, _ -> new Entry(shown, kind));
    entry.total++;
    if (entry.places.size() < PLACES) {
      entry.places.add(List.of(file, anchor.isEmpty() ? "" : HtmlWriter.id(anchor)));
    }
  }

  /// The path below the folder of the provider.
  private static String inside(String file) {
    return file.substring(file.indexOf('/') + 1);
  }

  void write(String folder, Output output) {
    Map<String, List<Entry>> words = new TreeMap<>();
    for (Entry entry : entries.values()) {
      for (String word : words(entry.name)) {
        words.computeIfAbsent(word, _ -> new ArrayList<>()).add(entry);
      }
    }
    Map<String, String> parts = new LinkedHashMap<>();
    Map<String, Map<String, List<Entry>>> beginnings = new TreeMap<>();
    words.forEach((word, found) ->
        beginnings.computeIfAbsent(word.substring(0, 2), _ -> new TreeMap<>()).put(word, found));
    beginnings.forEach((beginning, some) -> divide(beginning, some, parts));
    List<String> names = List.copyOf(parts.keySet());
    for (String part : names) {
      output.write(
          folder + "/assets/search/" + FileNames.of(part) + ".js",
          "isobarPart(" + script(part) + "," + parts.get(part) + ");\n");
    }
    List<List<String>> table =
        names.stream().map(part -> List.of(part, FileNames.of(part))).toList();
    output.write(folder + "/assets/search.js", "isobarParts(" + script(table) + ");\n");
  }

  private static void divide(
      String beginning, Map<String, List<Entry>> words, Map<String, String> parts) {
    Set<Entry> entries = new LinkedHashSet<>();
    words.values().forEach(entries::addAll);
    if (entries.stream().mapToInt(Entry::length).sum() <= PART) {
      parts.put(beginning, script(entries.stream().map(Entry::json).toList()));
      return;
    }
    Map<String, Map<String, List<Entry>>> longer = new TreeMap<>();
    words.forEach((word, found) -> {
      if (word.length() == beginning.length()) {
        parts.put(beginning + "$", script(shortest(found).stream().map(Entry::json).toList()));
      } else {
        longer
            .computeIfAbsent(word.substring(0, beginning.length() + 1), _ -> new TreeMap<>())
            .put(word, found);
      }
    });
    longer.forEach((next, some) -> divide(next, some, parts));
  }

  private static List<Entry> shortest(List<Entry> found) {
    List<Entry> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingInt((Entry entry) -> entry.name.length()));
    int size = 0;
    List<Entry> kept = new ArrayList<>();
    for (Entry entry : sorted) {
      size += entry.length();
      if (size <= PART) {
        kept.add(entry);
      }
    }
    return kept;
  }

  /// The words of a name in lower case, and the name itself; words of one letter find nothing.
  static Set<String> words(String name) {
    Set<String> words = new HashSet<>();
    String plain = name.startsWith("data__") ? name.substring("data__".length()) : name;
    for (String word : BETWEEN.split(plain, -1)) {
      words.add(word.toLowerCase(Locale.ROOT));
    }
    words.add(name.toLowerCase(Locale.ROOT));
    words.add(plain.toLowerCase(Locale.ROOT));
    words.removeIf(word -> word.length() < 2);
    return words;
  }

  /// JSON that may stand in a script: no end of the script, no line ends of JavaScript.
  private static String script(Object value) {
    return Json.write(value)
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
