package dev.isobar.catalog.document;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Wire;
import dev.isobar.catalog.Wire.Casing;
import dev.isobar.catalog.Wire.Cursor;
import dev.isobar.catalog.Wire.GraphQl;
import dev.isobar.catalog.Wire.Transform;
import dev.isobar.catalog.Wire.XmlBody;
import dev.isobar.model.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads what a method says beyond OpenAPI: see [Wire] for the places.
final class WireReader {
  private static final String FORM_POST = "get_query_to_post_form_utf_8";
  private static final String DROP = "drop_double_underscore_params";
  private static final String NUMBERED = "AWSCanonical";

  private WireReader() {}

  /// @param operation the OpenAPI operation behind the method
  /// @param auth of the provider: under AWS's signatures a service has a name to sign with
  static Wire read(Node method, Node operation, Settings settings, AuthSpec auth) {
    Node request = method.get("request");
    Node response = method.get("response");
    Node info = method.root().get("info");
    String translate = known(settings.find("requestTranslate").get("algorithm"), FORM_POST, DROP);
    String transpose = known(settings.find("queryParamTranspose").get("algorithm"), NUMBERED);
    return new Wire(
        casing(request.get("nativeCasing")),
        json(request.get("base")),
        json(request.get("default")),
        transform(request.get("transform")),
        transform(response.get("transform")),
        response.textOrNull("overrideMediaType"),
        translate.equals(FORM_POST),
        translate.equals(DROP),
        transpose.equals(NUMBERED),
        xmlBody(request),
        info.text("x-protocol"),
        signingName(method, info, auth),
        graphQl(operation.get("x-stackQL-graphQL").target()),
        program(method.get("inline")));
  }

  /// A body as JSON text. One between quotes is meant without them.
  private static @Nullable String json(Node written) {
    String text = written.asText();
    if (text == null || isJson(text)) {
      return text;
    }
    String stripped = text.strip();
    boolean quoted = stripped.length() > 1 && stripped.startsWith("'") && stripped.endsWith("'");
    String inside = quoted ? stripped.substring(1, stripped.length() - 1) : text;
    boolean meant = quoted && isJson(inside);
    written.problem("The body is not JSON" + (meant ? "; it is read without its quotes." : "."));
    return inside;
  }

  private static boolean isJson(String text) {
    try {
      Json.parse(text);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static Casing casing(Node written) {
    String text = written.asText();
    if (text == null || text.isEmpty()) {
      return Casing.NONE;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "pascal" -> Casing.PASCAL;
      case "camel" -> Casing.CAMEL;
      case "kebab" -> Casing.KEBAB;
      case "snake" -> Casing.SNAKE;
      default -> {
        written.problem("`" + text + "` is no casing; names are taken as they are written.");
        yield Casing.NONE;
      }
    };
  }

  private static @Nullable Transform transform(Node written) {
    if (!written.isMap() || written.text("type").isEmpty()) {
      return null;
    }
    return new Transform(written.text("type"), written.text("body"));
  }

  /// The algorithm, if it is one that is known; empty otherwise.
  private static String known(Node algorithm, String... known) {
    String text = algorithm.asText();
    if (text == null || text.isEmpty() || Arrays.asList(known).contains(text)) {
      return text == null ? "" : text;
    }
    algorithm.problem("`" + text + "` is no algorithm that is known; it is not applied.");
    return "";
  }

  private static @Nullable XmlBody xmlBody(Node request) {
    String declaration = request.text("xmlDeclaration");
    String annotation = request.text("xmlRootAnnotation");
    boolean unescapes = request.text("xmlTransform").equals("unescape");
    return declaration.isEmpty() && annotation.isEmpty() && !unescapes
        ? null
        : new XmlBody(declaration, annotation, unescapes);
  }

  private static String signingName(Node method, Node info, AuthSpec auth) {
    String own = method.text("serviceName");
    String service = own.isEmpty() ? info.text("x-serviceName") : own;
    return service.isEmpty() && auth.type().startsWith("aws_") ? info.text("title") : service;
  }

  private static @Nullable GraphQl graphQl(Node written) {
    if (!written.isMap()) {
      return null;
    }
    Node cursor = written.get("cursor");
    String strategy = cursor.text("strategy");
    String verb = written.text("httpVerb");
    return new GraphQl(
        written.text("url"),
        verb.isEmpty() ? "POST" : verb.toUpperCase(Locale.ROOT),
        written.text("query"),
        written.get("responseSelection").text("jsonPath"),
        new Cursor(
            strategy.isEmpty() ? "cursor_after" : strategy,
            cursor.text("jsonPath"),
            cursor.text("format"),
            cursor.textOrNull("terminateOnJsonPath"),
            cursor.get("pageSize").value() instanceof Number size ? size.longValue() : 0));
  }

  private static List<String> program(Node inline) {
    return inline.elements().stream().map(each -> String.valueOf(each.value())).toList();
  }
}
