package dev.isobar.catalog.document;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/// One YAML file, and where its problems go.
final class Document {
  private final String file;
  private final Consumer<Problem> problems;
  private final Node root;

  Document(String file, @Nullable Object value, Consumer<Problem> problems) {
    this.file = file;
    this.problems = problems;
    this.root = new Node(this, null, "", value);
  }

  /// @param file relative to `root`, as reports name it
  /// @throws IsobarException `INVALID_DOCUMENT` when it is not there or not YAML
  static Document read(Path root, String file, Consumer<Problem> problems) {
    try {
      String text = Files.readString(DocumentFile.find(root, file), StandardCharsets.UTF_8);
      Object value = YamlReader.read(text);
      if (!(value instanceof Map)) {
        throw invalid(file, "it holds no mapping", null);
      }
      return new Document(file, value, problems);
    } catch (IOException e) {
      throw invalid(file, "the file cannot be read", e);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw invalid(file, e.getProblem() + " (line " + line + ")", e);
    } catch (YAMLException e) {
      throw invalid(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static IsobarException invalid(String file, String why, @Nullable Throwable cause) {
    return new IsobarException(
        ErrorCode.INVALID_DOCUMENT,
        "The document `" + file + "` cannot be used: " + why + ".",
        "Correct the file, or take another version of the provider.",
        null,
        cause);
  }

  String file() {
    return file;
  }

  Node root() {
    return root;
  }

  void problem(Problem problem) {
    problems.accept(problem);
  }

  /// What a local reference (`#/a/b`) leads to; a node without value when it leads nowhere.
  Node at(String reference) {
    if (!reference.startsWith("#")) {
      return new Node(this, root, reference, null);
    }
    Node at = root;
    for (String part : reference.substring(1).split("/", -1)) {
      if (at == root && part.isEmpty()) {
        continue;
      }
      at = step(at, part.replace("~1", "/").replace("~0", "~"));
    }
    return at;
  }

  private static Node step(Node from, String part) {
    Node next = child(from, part);
    return next.exists() || part.indexOf('%') < 0 ? next : child(from, decoded(part));
  }

  private static Node child(Node from, String part) {
    if (!(from.value() instanceof List<?> list)) {
      return from.get(part);
    }
    boolean index = part.matches("[0-9]{1,6}") && Integer.parseInt(part) < list.size();
    return index ? from.elements().get(Integer.parseInt(part)) : from.get(part);
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return part;
    }
  }
}
