package dev.isobar.fetch;

import dev.isobar.fetch.auth.Redaction;
import dev.isobar.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/// The API's own words in an answer that reports an error.
final class ApiErrors {
  /// Where APIs put their words, the most telling first.
  private static final List<String> KEYS =
      List.of(
          "message",
          "Message",
          "errorSummary",
          "errorMessage",
          "error_message",
          "reason",
          "detail",
          "msg",
          "title");

  private ApiErrors() {}

  /// One line, without secrets, at most 300 characters; empty when the body says nothing.
  static String text(Response response, Redaction redaction) {
    String body = response.text();
    String words = "";
    if (response.mediaType().contains("html")) {
      words = title(body);
    } else if (body.stripLeading().startsWith("<")) {
      words = xml(response.beginning());
    } else {
      try {
        words = words(Json.parse(body));
      } catch (IllegalArgumentException e) {
        words = "";
      }
    }
    return redaction.excerpt(words.isBlank() ? body : words);
  }

  /// AWS's `<ErrorResponse><Error><Code/><Message/></Error></ErrorResponse>`, `<Response><Errors>`
  /// with several, and `<Error>` alone.
  private static String xml(byte[] body) {
    try {
      return element(XmlTree.read(body, false).content());
    } catch (XMLStreamException e) {
      return "";
    }
  }

  private static String element(Map<?, ?> element) {
    String own = own(element);
    List<String> all = new ArrayList<>();
    for (String key :
        own.isEmpty() ? List.of("Errors", "Error", "errors", "error") : List.<String>of()) {
      for (Object inner : XmlTree.list(element.get(key))) {
        all.add(inner instanceof Map<?, ?> map ? element(map) : String.valueOf(inner));
      }
    }
    all.removeIf(String::isBlank);
    if (!all.isEmpty()) {
      return all.stream().distinct().collect(Collectors.joining("; "));
    }
    return own.isEmpty() && element.get("Code") instanceof String code ? code : own;
  }

  private static String words(@Nullable Object body) {
    return switch (body) {
      case Map<?, ?> map -> words(map);
      case List<?> list -> list.isEmpty() ? "" : list(list);
      case String text -> text;
      case null, default -> "";
    };
  }

  private static String words(Map<?, ?> map) {
    String own = own(map);
    for (String key : List.of("errors", "errorCauses")) {
      String listed = map.get(key) instanceof List<?> errors ? list(errors) : "";
      if (!listed.isEmpty()) {
        return own.isEmpty() || own.equals(listed) ? listed : own + ": " + listed;
      }
    }
    Object error = map.get("error");
    if (error instanceof Map<?, ?> nested) {
      return words(nested);
    }
    Object description = map.get("error_description");
    if (error instanceof String code) {
      return description instanceof String more ? code + ": " + more : code;
    }
    if (own.isEmpty() && map.get("code") instanceof String code && map.get("field") != null) {
      return map.get("field") + ": " + code;
    }
    return own;
  }

  /// What an object says by itself.
  private static String own(Map<?, ?> map) {
    for (String key : KEYS) {
      if (map.get(key) instanceof String text && !text.isBlank()) {
        Object field = map.get("field");
        return field instanceof String name && !name.isBlank() ? name + ": " + text : text;
      }
    }
    return "";
  }

  private static String list(List<?> errors) {
    List<String> all = new ArrayList<>();
    for (Object error : errors) {
      String words = words(error);
      if (!words.isBlank()) {
        all.add(words);
      }
    }
    return all.stream().distinct().collect(Collectors.joining("; "));
  }

  private static String title(String html) {
    int start = html.toLowerCase(java.util.Locale.ROOT).indexOf("<title>");
    int end = start < 0 ? -1 : html.indexOf('<', start + 7);
    return end < 0 ? "an HTML page" : html.substring(start + 7, end);
  }
}
