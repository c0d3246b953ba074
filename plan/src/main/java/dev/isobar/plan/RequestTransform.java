package dev.isobar.plan;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Wire.Transform;
import dev.isobar.catalog.template.Template;
import dev.isobar.catalog.template.TemplateFailure;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the body that an API takes of the flat fields that SQL gives: `provider-format.md`,
/// section 5.
final class RequestTransform {
  private static final long LONGEST = 64_000_000;

  private final Method method;
  private final Transform transform;

  RequestTransform(Method method, Transform transform) {
    this.method = method;
    this.transform = transform;
  }

  /// The text of the body.
  ///
  /// @param json whether the API takes JSON, so that nothing else may come out
  /// @throws IsobarException `INVALID_DOCUMENT` when the transform cannot be read,
  ///   `INVALID_PARAMETER` when the fields do not go into it
  String apply(Map<String, @Nullable Object> fields, boolean json) {
    Template template = template();
    // A template knows the values of JSON only, whatever the fields came as.
    String record = Json.write(fields);
    Object value = isText() ? record : Json.parse(record);
    String body;
    try {
      body = template.evaluate(value, LONGEST).strip();
    } catch (TemplateFailure e) {
      throw invalid(
          "The values do not go into the body of `"
              + method.name()
              + "`: its document's"
              + " template fails at "
              + e.getMessage()
              + ".",
          e);
    }
    if (json) {
      try {
        Object _ = Json.parse(body);
      } catch (IllegalArgumentException e) {
        throw invalid(
            "The body that the document of `"
                + method.name()
                + "` makes of the values is not JSON.",
            e);
      }
    }
    return body;
  }

  private IsobarException invalid(String message, Throwable cause) {
    return new IsobarException(
        ErrorCode.INVALID_PARAMETER,
        message,
        "DESCRIBE METHOD shows the types; a list or an object is given as JSON text.",
        null,
        cause);
  }

  private boolean isText() {
    return switch (transform.type()) {
      case "golang_template_json_v0.1.0", "golang_template_json_v0.3.0" -> false;
      case "golang_template_text_v0.1.0",
          "golang_template_text_v0.3.0",
          "golang_template_v0.1.0",
          "golang_template_v0.3.0" ->
          true;
      default -> throw unreadable("the type `" + transform.type() + "` is not known", null);
    };
  }

  private Template template() {
    try {
      return Template.parse(transform.body());
    } catch (TemplateFailure e) {
      throw unreadable(String.valueOf(e.getMessage()), e);
    }
  }

  private IsobarException unreadable(String what, @Nullable Throwable cause) {
    return new IsobarException(
        ErrorCode.INVALID_DOCUMENT,
        "The request transform of `" + method.name() + "` cannot be used: " + what + ".",
        "Correct the document, or take another version of the provider.",
        null,
        cause);
  }
}
