package dev.isobar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.RowColumn;
import dev.isobar.catalog.Service;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.model.SqlVerb;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Calls every method of the bundled provider once.
final class LinodeContractTest {
  private static final String TOKEN = "contract";

  private final Provider provider = Documents.linode();
  private final List<String> wrong = new ArrayList<>();

  @Test
  void everyMethodAnswersAsDeclared() {
    int calls = 0;
    try (Sandbox sandbox = Sandbox.start(provider, SandboxOptions.defaults());
        Client client = new Client(sandbox, TOKEN)) {
      var samples = new SampleInputs(sandbox);
      for (ServiceHeader header : provider.services()) {
        Service service = provider.service(header.name());
        for (ResourceHeader name : service.resources()) {
          Resource resource = service.resource(name.name());
          for (Method method : resource.methods()) {
            calls++;
            call(samples, client, resource, method);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(calls).isGreaterThan(508);
  }

  private void call(SampleInputs samples, Client client, Resource resource, Method method) {
    Map<String, @Nullable Object> inputs = samples.of(resource.name(), method, TOKEN);
    String path = method.operation().path();
    List<String> query = new ArrayList<>();
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    for (Input input : method.inputs()) {
      Object value = inputs.get(input.name());
      if (!inputs.containsKey(input.name())) {
        continue;
      }
      switch (input.location()) {
        case PATH ->
            path = path.replace("{" + input.wireName() + "}", encode(String.valueOf(value)));
        case QUERY -> query.add(encode(input.wireName()) + "=" + encode(String.valueOf(value)));
        case BODY -> body.put(input.wireName(), value);
        case HEADER, SERVER -> {}
      }
    }
    String base = PathTemplate.basePath(method.operation().servers().getFirst().url());
    String target = base + path + (query.isEmpty() ? "" : "?" + String.join("&", query));
    boolean sendsBody = method.operation().body() != null;
    Client.Answer answer =
        client.send(method.operation().httpVerb(), target, sendsBody ? body : null);
    String place =
        resource.name() + "." + method.name() + " " + method.operation().httpVerb() + " " + target;
    if (answer.status() != 200) {
      wrong.add(place + " " + body + " -> " + answer.status() + " " + answer.text());
      return;
    }
    if (resource.verbsOf(method).contains(SqlVerb.SELECT)) {
      columns(place, method, answer);
    }
  }

  private void columns(String place, Method method, Client.Answer answer) {
    Object at = answer.json();
    String key = method.objectKey() == null ? "$" : method.objectKey();
    for (String name : key.replaceFirst("^\\$\\.?", "").split("\\.", -1)) {
      at = name.isEmpty() ? at : Values.object(at).get(name);
    }
    List<@Nullable Object> rows =
        at instanceof List<?> ? Values.list(at) : List.of(Values.object(at));
    for (Object row : rows) {
      for (RowColumn column : method.columns()) {
        boolean scalar = column.name().equals("column_anon");
        if (!scalar && !Values.object(row).containsKey(column.key())) {
          wrong.add(place + " has no column " + column.key() + " in " + row);
          return;
        }
      }
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
