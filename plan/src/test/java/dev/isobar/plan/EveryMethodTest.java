package dev.isobar.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Operation.Server;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.catalog.document.DocumentLoader;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// A well-formed request can be made for every method of every document in a folder: with what a
/// call needs, and with all that it may be given.
///
/// `mvn test -pl plan -am -Dtest=EveryMethodTest -Ddocuments.folder=…` prints the numbers.
@EnabledIfSystemProperty(named = "documents.folder", matches = ".+")
class EveryMethodTest {
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /// What the documents themselves get wrong, so that no request can be made.
  private static final Set<String> DEFECTS = Set.of();

  private final List<String> failures = new ArrayList<>();
  private int methods;

  @Test
  void everyMethodHasAWellFormedRequest() throws IOException {
    Path root = Path.of(System.getProperty("documents.folder")).toAbsolutePath();
    Map<String, Integer> counts = new TreeMap<>();
    int total = 0;
    for (Path folder : folders(root)) {
      methods = 0;
      DocumentLoader loader = new DocumentLoader(root, folder);
      Provider provider = loader.load();
      for (ServiceHeader header : provider.services()) {
        var service = loader.load(header);
        for (ResourceHeader resource : service.resources()) {
          check(provider, service.resource(resource.name()));
        }
      }
      counts.merge(provider.name(), methods, Integer::sum);
      total += methods;
    }
    counts.forEach((name, count) -> System.out.println(name + ": " + count + " methods"));
    failures.forEach(System.out::println);
    System.out.println(
        total + " methods, " + 2 * total + " requests, " + failures.size() + " failures");
    assertThat(total).isPositive();
    assertThat(failures).isEmpty();
  }

  private static List<Path> folders(Path root) throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> providers = Files.newDirectoryStream(root)) {
      for (Path provider : providers) {
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(provider)) {
          versions.forEach(folders::add);
        }
      }
    }
    folders.removeIf(folder -> !Files.isRegularFile(folder.resolve("provider.yaml")));
    folders.sort(null);
    return folders;
  }

  private void check(Provider provider, Resource resource) {
    for (Method method : resource.methods()) {
      methods++;
      for (boolean all : new boolean[] {false, true}) {
        String place = resource.name() + "." + method.name() + (all ? " (all)" : "");
        if (DEFECTS.contains(resource.name() + "." + method.name())) {
          continue;
        }
        Map<String, @Nullable Object> values = MadeUpValues.of(method, all);
        try {
          Request request = new Requests(provider.name(), method).firstPage(values);
          String wrong = wrong(method, values, request);
          if (wrong != null) {
            failures.add(place + ": " + wrong);
          }
        } catch (IsobarException e) {
          failures.add(place + ": " + e.code() + " " + e.text());
        } catch (RuntimeException e) {
          failures.add(place + ": " + e);
        }
      }
    }
  }

  private static @Nullable String wrong(
      Method method, Map<String, @Nullable Object> values, Request request) {
    URI uri;
    try {
      uri = new URI(request.url());
    } catch (URISyntaxException e) {
      return "no URI: " + e.getMessage();
    }
    if (uri.getHost() == null || request.endpoint().matches(".*[{}].*")) {
      return "no host, or a placeholder is left: " + request.url();
    }
    if (method.operation().servers().stream()
        .noneMatch(server -> beginsWith(server, request.endpoint()))) {
      return "another server: " + request.endpoint();
    }
    String headers = wrongHeader(request);
    return headers == null ? wrongBody(method, values, request) : headers;
  }

  /// Whether the endpoint is the server's address, with something for each of its variables.
  private static boolean beginsWith(Server server, String endpoint) {
    StringBuilder pattern = new StringBuilder();
    String url = server.url().replaceFirst("/$", "");
    int at = 0;
    for (int open = url.indexOf('{'); open >= 0; open = url.indexOf('{', at)) {
      int close = Server.closingBrace(url, open);
      pattern.append(Pattern.quote(url.substring(at, open))).append("[A-Za-z0-9.:/_-]+");
      at = close + 1;
    }
    pattern.append(Pattern.quote(url.substring(at))).append("(/.*)?");
    return endpoint.matches(pattern.toString());
  }

  private static @Nullable String wrongHeader(Request request) {
    Set<String> seen = new HashSet<>();
    for (Request.Pair header : request.headers()) {
      if (!HEADER_NAME.matcher(header.name()).matches()) {
        return "no name of a header: " + header.name();
      }
      if (header.value().chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
        return "no value of a header: " + header.name();
      }
      if (!seen.add(header.name().toLowerCase(Locale.ROOT))) {
        return "a header is sent twice: " + header.name();
      }
    }
    return null;
  }

  private static @Nullable String wrongBody(
      Method method, Map<String, @Nullable Object> values, Request request) {
    String body = request.body();
    String type =
        request.headers().stream()
            .filter(header -> header.name().equalsIgnoreCase("Content-Type"))
            .map(Request.Pair::value)
            .findFirst()
            .orElse("");
    if (body == null) {
      boolean given =
          method.inputs().stream()
              .anyMatch(input ->
                  input.location() == Input.Location.BODY && values.containsKey(input.name()));
      return given ? "the body is missing" : null;
    }
    if (type.isEmpty()) {
      return "a body without a type";
    }
    if (method.wire().formPost() || type.startsWith("application/x-www-form-urlencoded")) {
      return body.matches("([^=&\\s]+=[^=&\\s]*(&|$))*") ? null : "no form: " + body;
    }
    if (type.startsWith("multipart/form-data")) {
      String boundary = type.substring(type.indexOf('=') + 1);
      boolean whole =
          body.startsWith("--" + boundary + "\r\n") && body.endsWith("--" + boundary + "--\r\n");
      return whole ? null : "no multipart body";
    }
    if (type.endsWith("xml")) {
      return wrongXml(body);
    }
    if (!type.contains("json")) {
      return body.isEmpty() ? "an empty body" : null;
    }
    Object value;
    try {
      value = Json.parse(body);
    } catch (IllegalArgumentException e) {
      return "no JSON: " + e.getMessage();
    }
    return method.wire().requestTransform() == null ? lacking(method, values, value) : null;
  }

  private static @Nullable String wrongXml(String body) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      builder.parse(new InputSource(new StringReader(body)));
      return null;
    } catch (SAXException | IOException | ParserConfigurationException e) {
      return "no XML: " + e.getMessage();
    }
  }

  /// A body property that was given and is not where it belongs.
  private static @Nullable String lacking(
      Method method, Map<String, @Nullable Object> values, @Nullable Object body) {
    Object fields = body;
    String path = method.bodyNames().path();
    if (!path.isEmpty()) {
      fields = Tree.map(body).get(path);
      // An object that is sent as a string.
      fields = fields instanceof String text ? Json.parse(text) : fields;
    }
    for (Input input : method.inputs()) {
      boolean given = input.location() == Input.Location.BODY && values.containsKey(input.name());
      if (given && !Tree.map(fields).containsKey(input.wireName())) {
        return "the body has no `" + input.wireName() + "`";
      }
    }
    return null;
  }
}
