package dev.isobar.catalog.document;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/// YAML text, of which JSON is a part, to the plain values that [dev.isobar.model.Json] names, and
/// back.
public final class YamlText {
  private YamlText() {}

  /// The value of the text; what real documents get wrong is tolerated.
  ///
  /// @param name of the file, for messages
  /// @throws IsobarException `INVALID_DOCUMENT`
  public static @Nullable Object read(String name, String text) {
    try {
      return YamlReader.read(text);
    } catch (YAMLException e) {
      String why = e.getMessage();
      if (e instanceof MarkedYAMLException marked) {
        var mark = marked.getProblemMark();
        why = marked.getProblem() + (mark == null ? "" : " (line " + (mark.getLine() + 1) + ")");
      }
      throw new IsobarException(
          ErrorCode.INVALID_DOCUMENT,
          "The document `" + name + "` is no YAML: " + why + ".",
          "Correct the file.",
          null,
          e);
    }
  }

  /// The text of a value, in blocks, for people to read and edit.
  public static String write(Object value) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setAllowUnicode(true);
    options.setSplitLines(false);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    options.setProcessComments(false);
    return new Yaml(options).dump(value);
  }
}
