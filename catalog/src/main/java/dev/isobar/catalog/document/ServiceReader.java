package dev.isobar.catalog.document;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.Service;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.model.ResourceName;
import dev.isobar.model.SqlVerb;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the resources of one service document: `provider-format.md`, section 2.2.
final class ServiceReader {
  private static final Map<String, SqlVerb> VERBS =
      Map.of(
          "select", SqlVerb.SELECT,
          "insert", SqlVerb.INSERT,
          "update", SqlVerb.UPDATE,
          "replace", SqlVerb.REPLACE,
          "delete", SqlVerb.DELETE);

  /// What method names stand for where a resource has no `sqlVerbs`.
  private static final Map<SqlVerb, List<String>> NAMED =
      Map.of(
          SqlVerb.SELECT, List.of("select", "list", "aggregatedList", "get"),
          SqlVerb.INSERT, List.of("insert", "create"),
          SqlVerb.DELETE, List.of("delete"));

  private final Document document;
  private final ProviderFacts provider;
  private final ServiceHeader header;
  private final Node entry;
  private final MethodReader methods;

  /// Reads the methods where they are local programs, else null.
  private final @Nullable ProgramReader programs;

  /// @param entry the service's entry in `provider.yaml`
  ServiceReader(Document document, ProviderFacts provider, ServiceHeader header, Node entry) {
    this.document = document;
    this.provider = provider;
    this.header = header;
    this.entry = entry;
    this.methods = new MethodReader(document, provider);
    this.programs =
        ProgramReader.holdsFor(document, entry) ? new ProgramReader(document, provider) : null;
  }

  Service read() {
    List<ResourceHeader> headers = new ArrayList<>();
    for (Node written : resources().members()) {
      Node resource = written.target();
      headers.add(
          new ResourceHeader(
              written.key(),
              resource.text("id"),
              resource.text("title"),
              resource.text("description")));
    }
    return new Service(provider.name(), header, headers, this::resource);
  }

  private Node resources() {
    return programs == null
        ? document.root().get("components").get("x-stackQL-resources")
        : document.root().get("resources");
  }

  /// One at a time: resources share their schemas, which are not complete while one is read.
  private synchronized Resource resource(ResourceHeader resource) {
    Node written = resources().get(resource.name()).target();
    List<Method> read = new ArrayList<>();
    for (Node each : written.get("methods").members()) {
      Node method = each.target();
      Settings settings =
          new Settings(
              List.of(
                  method.get("config"),
                  written.get("config"),
                  document.root().get("x-stackQL-config"),
                  entry.get("config"),
                  provider.config()));
      (programs == null ? methods.read(method, settings) : programs.read(method, settings))
          .ifPresent(read::add);
    }
    return new Resource(
        new ResourceName(provider.name(), header.name(), resource.name()),
        resource.id(),
        resource.title(),
        resource.description(),
        read,
        verbs(written, read),
        ViewReader.read(written.get("config")));
  }

  private static Map<SqlVerb, List<String>> verbs(Node resource, List<Method> methods) {
    List<String> known = methods.stream().map(Method::name).toList();
    Map<SqlVerb, List<String>> verbs = new EnumMap<>(SqlVerb.class);
    if (!resource.get("sqlVerbs").exists()) {
      NAMED.forEach(
          (verb, names) -> verbs.put(verb, names.stream().filter(known::contains).toList()));
      return verbs;
    }
    for (Node written : resource.get("sqlVerbs").members()) {
      SqlVerb verb = VERBS.get(written.key());
      List<String> names = new ArrayList<>();
      if (written.exists() && !(written.value() instanceof List)) {
        written.problem("A verb needs a list of methods.");
      }
      for (Node element : written.elements()) {
        String name = methodName(element);
        if (known.contains(name)) {
          checkReach(element, name, names, methods);
          names.add(name);
        } else {
          element.problem("The resource has no method `" + name + "`.");
        }
      }
      if (verb != null) {
        verbs.put(verb, names);
      } else if (!written.key().equals("exec")) {
        written.problem("`" + written.key() + "` is no SQL verb.");
      }
    }
    return verbs;
  }

  /// Tells of a method that no statement can choose: one before it needs no more, takes all that it
  /// takes and returns all that it returns.
  private static void checkReach(
      Node element, String name, List<String> before, List<Method> methods) {
    Method later = method(name, methods);
    for (String each : before) {
      Method earlier = method(each, methods);
      boolean chosen =
          !each.equals(name)
              && (earlier.requiredInputs().stream().anyMatch(input -> !isRequired(input, later))
                  || later.inputs().stream().anyMatch(input -> earlier.input(input.name()) == null)
                  || later.columns().stream()
                      .anyMatch(column -> earlier.column(column.name()) == null));
      if (!chosen) {
        element.problem("`" + name + "` is never chosen: `" + each + "` stands before it.");
        return;
      }
    }
  }

  private static Method method(String name, List<Method> methods) {
    return methods.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private static boolean isRequired(Input input, Method method) {
    Input same = method.input(input.name());
    return same != null && same.required();
  }

  private static String methodName(Node reference) {
    String pointer = reference.text("$ref");
    String name = pointer.substring(pointer.lastIndexOf('/') + 1);
    return name.replace("~1", "/").replace("~0", "~");
  }
}
