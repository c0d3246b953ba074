package dev.isobar.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.document.DocumentLoader;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bodies that a document's template makes of the fields given.
class RequestTransformTest {
  private static final String FIELDS =
      "{{- $sep := \"\" -}}{"
          + "{{- if .ids }}{{ $sep }}\"ids\": {{ if eq (kindOf .ids) \"string\" }}{{ .ids }}{{ else }}"
          + "{{ toJson .ids }}{{ end }}{{- $sep = \",\" -}}{{ end }}"
          + "{{- if .name }}{{ $sep }}\"inner\": {\"name\": {{ toJson .name }}}{{ end }}}";

  @TempDir Path root;

  private Method method(String type, String template, String mediaType) throws IOException {
    Path folder = Files.createDirectories(root.resolve("acme/v1"));
    Files.writeString(
        folder.resolve("provider.yaml"),
        "{name: acme, providerServices: {s: {service: {$ref: acme/v1/s.yaml}}}}");
    Files.writeString(
        folder.resolve("s.yaml"),
        """
        servers: [ { url: https://api.acme.example } ]
        paths:
          /things:
            post:
              requestBody:
                required: true
                content: { %s: { schema: { type: object } } }
              responses: { '200': { description: made } }
        components:
          schemas:
            Fields:
              type: object
              properties:
                ids: { type: array, items: { type: integer } }
                name: { type: string }
          x-stackQL-resources:
            things:
              methods:
                make:
                  operation: { $ref: '#/paths/~1things/post' }
                  request:
                    mediaType: %s
                    schema_override: { $ref: '#/components/schemas/Fields' }
                    transform: { type: %s, body: '%s' }
                  response: { openAPIDocKey: '200' }
                  config: { requestBodyTranslate: { algorithm: naive } }
        """
            .formatted(mediaType, mediaType, type, template.replace("'", "''")));
    return new DocumentLoader(root, folder).load().service("s").resource("things").method("make");
  }

  private static Request request(Method method, Map<String, @Nullable Object> values) {
    return new Requests("acme", method).request(values, null);
  }

  private String json(Map<String, @Nullable Object> values) throws IOException {
    return String.valueOf(
        request(method("golang_template_json_v0.3.0", FIELDS, "application/json"), values).body());
  }

  @Test
  void flatFieldsBecomeTheBodyThatTheApiTakes() throws IOException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("ids", "[1,9007199254740993]");
    values.put("name", "a \"b\" <c>");
    assertThat(json(values))
        .isEqualTo(
            "{\"ids\": [1,9007199254740993],"
                + "\"inner\": {\"name\": \"a \\\"b\\\" \\u003cc\\u003e\"}}");
    assertThat(json(Map.of("name", "x"))).isEqualTo("{\"inner\": {\"name\": \"x\"}}");
    assertThat(json(Map.of())).isEqualTo("{}");
  }

  @Test
  void aBodyMayBeOneOfTheFields() throws IOException {
    Method method = method("golang_template_json_v0.1.0", "{{ .name }}", "text/plain");
    Request request = request(method, Map.of("name", "just <this>"));
    assertThat(request.body()).isEqualTo("just <this>");
    assertThat(request.headers()).contains(new Request.Pair("Content-Type", "text/plain"));
  }

  @Test
  void aTextTemplateIsGivenTheFieldsAsJson() throws IOException {
    Method method =
        method("golang_template_text_v0.3.0", "{\"wrapped\":{{ . }}}", "application/json");
    assertThat(request(method, Map.of("name", "x")).body())
        .isEqualTo("{\"wrapped\":{\"name\":\"x\"}}");
  }

  @Test
  void saysWhatDoesNotFitAndNotWhatWasGiven() throws IOException {
    Method broken =
        method("golang_template_json_v0.3.0", "{\"x\": {{ .name }}}", "application/json");
    assertThatThrownBy(() -> request(broken, Map.of("name", "secret")))
        .isInstanceOf(IsobarException.class)
        .hasMessage("The body that the document of `make` makes of the values is not JSON.");
    Method deep = method("golang_template_json_v0.3.0", "{{ .name.x }}", "application/json");
    assertThatThrownBy(() -> request(deep, Map.of("name", "secret")))
        .hasMessage(
            "The values do not go into the body of `make`: its document's template fails at line 1,"
                + " column 4: a text has no property `x`.");
    Method unread = method("golang_template_json_v0.3.0", "{{ foo }}", "application/json");
    Method unknown = method("jq_v1", ".", "application/json");
    for (Method each : List.of(unread, unknown)) {
      assertThatThrownBy(() -> request(each, Map.of("name", "x")))
          .hasMessageStartingWith("The request transform of `make` cannot be used: ");
    }
  }
}
