package dev.isobar.render;

import dev.isobar.model.Column;
import dev.isobar.model.ColumnType;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// JSON and JSON lines: one object a row, one row a line, keys in the order of the columns.
final class JsonRenderer extends Renderer {
  private final boolean array;
  private String[] keys = {};
  private boolean[] isJson = {};
  private boolean first = true;

  /// @param array whether the rows stand in one array
  JsonRenderer(boolean array) {
    this.array = array;
  }

  @Override
  void begin(List<Column> columns, Appendable out) throws IOException {
    first = true;
    keys = new String[columns.size()];
    isJson = new boolean[columns.size()];
    Set<String> names = new HashSet<>();
    for (int i = 0; i < keys.length; i++) {
      StringBuilder key = new StringBuilder();
      JsonText.string(key, unique(columns.get(i).name(), names));
      keys[i] = key.append(':').toString();
      isJson[i] = columns.get(i).type() == ColumnType.JSON;
    }
    if (array) {
      out.append('[');
    }
  }

  /// A reader of JSON keeps one value a key: a second column of the same name gets a number.
  private static String unique(String name, Set<String> names) {
    String key = name;
    for (int n = 2; !names.add(key); n++) {
      key = name + "_" + n;
    }
    return key;
  }

  @Override
  void row(@Nullable Object[] cells, Appendable out) throws IOException {
    if (array) {
      out.append(first ? "\n" : ",\n");
      first = false;
    }
    out.append('{');
    for (int i = 0; i < keys.length; i++) {
      out.append(i == 0 ? "" : ",").append(keys[i]);
      Object cell = cells[i];
      if (isJson[i] && cell instanceof String json) {
        out.append(JsonText.compact(json));
      } else {
        JsonText.value(out, cell);
      }
    }
    out.append(array ? "}" : "}\n");
  }

  @Override
  void end(Appendable out) throws IOException {
    if (array) {
      out.append(first ? "]\n" : "\n]\n");
    }
  }
}
