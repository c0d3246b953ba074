package dev.isobar.catalog.authoring;

import dev.isobar.catalog.authoring.Finding.Confidence;
import dev.isobar.catalog.document.YamlText;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A provider made from an OpenAPI document, and what was inferred.
public final class Draft {
  /// What a source tree calls a version.
  private static final String VERSION = "v00.00.00000";

  private static final List<String> VERBS = List.of("get", "post", "put", "patch", "delete");

  private final Spec spec;
  private final String name;
  private final DraftOptions options;
  private final List<Call> calls = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Map<String, ResourceDraft>> services = new TreeMap<>();
  private Map<String, Object> auth = Map.of();
  private List<Object> servers = List.of();

  private Draft(Spec spec, String name, DraftOptions options) {
    this.spec = spec;
    this.name = name;
    this.options = options;
  }

  /// Reads a document and infers what it does not say.
  ///
  /// @param file its name, for messages and for the provider's name
  /// @throws IsobarException `INVALID_DOCUMENT` when it is no OpenAPI 3 document,
  ///   `INVALID_CONFIGURATION` when the provider has no usable name or no address
  public static Draft of(String file, String text, DraftOptions options) {
    Spec spec = Spec.read(file, text);
    Draft draft = new Draft(spec, name(spec, options), options);
    draft.infer();
    return draft;
  }

  private static String name(Spec spec, DraftOptions options) {
    String given = options.name();
    String title = Spec.text(spec.map(spec.root(), "info"), "title");
    String name =
        given != null
            ? given
            : Words.snake(
                title.replaceAll("(?i)\\b(open)?api\\b|\\brest\\b|\\bv?\\d+(\\.\\d+)*\\b", " "));
    if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
      throw new IsobarException(
          ErrorCode.INVALID_CONFIGURATION,
          "`" + name + "` is no name of a provider.",
          "Give one with --name: small letters, digits and _.");
    }
    return name;
  }

  /// The provider's name.
  public String name() {
    return name;
  }

  /// What was inferred, in the order of services, resources and methods.
  public List<Finding> findings() {
    return Collections.unmodifiableList(findings);
  }

  /// How many resources each service has.
  public Map<String, Integer> services() {
    Map<String, Integer> counts = new TreeMap<>();
    services.forEach((service, resources) -> counts.put(service, resources.size()));
    return counts;
  }

  /// How many methods there are.
  public int methods() {
    int count = 0;
    for (Map<String, ResourceDraft> resources : services.values()) {
      for (ResourceDraft resource : resources.values()) {
        count += resource.methods().size();
      }
    }
    return count;
  }

  private void infer() {
    AuthInference.Auth found = new AuthInference(spec, name).infer();
    auth = found.config();
    findings.add(
        new Finding(
            "", "auth", found.decision(), found.source(), found.confidence(), found.check()));
    ServerChoice chosen = ServerChoice.of(spec, options.server());
    servers = chosen.servers();
    findings.add(chosen.finding());
    readCalls();
    Resources resources = new Resources(spec, calls);
    Map<String, ResourceDraft> byKey = resources.group();
    Map<String, String> serviceOf = divide(resources);
    for (var entry : byKey.entrySet()) {
      String service = serviceOf.getOrDefault(entry.getKey(), name);
      services
          .computeIfAbsent(service, _ -> new LinkedHashMap<>())
          .put(entry.getKey(), entry.getValue());
    }
    services.forEach((service, drafts) -> Resources.name(List.copyOf(drafts.values()), service));
    List<String> keys = calls.stream().map(resources::keyOf).toList();
    services.forEach((service, drafts) -> {
      for (int i = 0; i < calls.size(); i++) {
        Call call = calls.get(i);
        ResourceDraft draft = drafts.get(keys.get(i));
        if (draft != null) {
          resources.add(call, draft, service + "." + draft.name());
        }
      }
    });
    List<Finding> inferred = new ArrayList<>(resources.findings());
    inferred.sort(java.util.Comparator.comparing(Draft::resourceOf));
    findings.addAll(inferred);
  }

  private static String resourceOf(Finding finding) {
    return finding.place().substring(0, finding.place().lastIndexOf('.'));
  }

  private void readCalls() {
    spec.map(spec.root(), "paths")
        .forEach((path, item) -> {
          Map<?, ?> pathItem = spec.map(item);
          for (Object key : pathItem.keySet()) {
            String verb = String.valueOf(key);
            if (VERBS.contains(verb) && pathItem.get(key) instanceof Map<?, ?> operation) {
              calls.add(new Call(spec, String.valueOf(path), verb, pathItem, operation));
            } else if (List.of("head", "options", "trace").contains(verb)) {
              findings.add(
                  new Finding(
                      "",
                      "skipped",
                      verb.toUpperCase(java.util.Locale.ROOT) + " " + path,
                      "SQL has no use for the verb",
                      Confidence.HIGH,
                      ""));
            }
          }
        });
    if (calls.isEmpty()) {
      throw new IsobarException(
          ErrorCode.INVALID_DOCUMENT,
          "The document has no operation that can be called.",
          "Each path needs get, post, put, patch or delete.");
    }
  }

  /// The service of each resource.
  private Map<String, String> divide(Resources resources) {
    boolean allTagged = calls.stream().noneMatch(call -> tag(call).isEmpty());
    boolean byTag =
        switch (options.services()) {
          case TAG -> true;
          case PATH -> false;
          case AUTOMATIC -> allTagged;
        };
    Map<String, String> services = new LinkedHashMap<>();
    for (Call call : calls) {
      List<String> words = Route.of(call.path()).words();
      String word = words.isEmpty() ? name : Words.snake(words.getFirst().replaceAll("[:.].*", ""));
      String service = byTag && !tag(call).isEmpty() ? tag(call) : word;
      services.putIfAbsent(resources.keyOf(call), service.isEmpty() ? name : service);
    }
    findings.add(
        new Finding(
            "",
            "services",
            String.valueOf(new LinkedHashSet<>(services.values()).size()),
            byTag ? "the first tag of each operation" : "the first word of each path",
            byTag ? Confidence.HIGH : Confidence.MEDIUM,
            ""));
    return services;
  }

  private static String tag(Call call) {
    List<?> tags = Spec.list(call.operation(), "tags");
    return tags.isEmpty() ? "" : Words.snake(String.valueOf(tags.getFirst()));
  }

  /// Writes the documents in the layout of a registry's sources, `src/<name>/<version>/…`.
  ///
  /// @param folder what `--registry` then names
  /// @param replace whether an earlier draft is overwritten
  /// @return the folder of the provider
  /// @throws IsobarException `FILE_FAILED`
  public Path write(Path folder, boolean replace) {
    Path target = folder.resolve("src").resolve(name).resolve(VERSION);
    if (Files.exists(target) && !replace) {
      throw new IsobarException(
          ErrorCode.FILE_FAILED,
          "There is a provider in `" + target + "` already.",
          "Take another folder with --out, or overwrite it with --force.");
    }
    Map<String, String> files = new LinkedHashMap<>();
    files.put("provider.yaml", YamlText.write(provider()));
    services.forEach((service, resources) ->
        files.put("services/" + service + ".yaml", YamlText.write(document(service, resources))));
    try {
      Path documents = Files.createDirectories(target.resolve("services"));
      if (replace) {
        try (var old = Files.newDirectoryStream(documents, "*.yaml")) {
          for (Path file : old) {
            Files.delete(file);
          }
        }
      }
      for (var file : files.entrySet()) {
        Files.writeString(target.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException e) {
      throw new IsobarException(
          ErrorCode.FILE_FAILED,
          "The provider cannot be written to `" + target + "`.",
          "Check permissions and free space.",
          null,
          e);
    }
    return target;
  }

  private Map<String, Object> provider() {
    Map<?, ?> info = spec.map(spec.root(), "info");
    Map<String, Object> provider = new LinkedHashMap<>();
    provider.put("id", name);
    provider.put("name", name);
    provider.put("version", VERSION);
    provider.put("title", Spec.text(info, "title"));
    String description = Spec.text(info, "description");
    provider.put("description", description.lines().findFirst().orElse(""));
    Map<String, Object> headers = new LinkedHashMap<>();
    for (String service : services.keySet()) {
      Map<String, Object> header = new LinkedHashMap<>();
      header.put("id", service + ":" + VERSION);
      header.put("name", service);
      header.put("preferred", true);
      header.put("title", service.replace('_', ' '));
      header.put("version", VERSION);
      header.put("description", tagDescription(service));
      Map<String, Object> reference = new LinkedHashMap<>();
      reference.put("$ref", name + "/" + VERSION + "/services/" + service + ".yaml");
      header.put("service", reference);
      headers.put(service, header);
    }
    provider.put("providerServices", headers);
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("auth", auth);
    provider.put("config", config);
    return provider;
  }

  private String tagDescription(String service) {
    for (Object tag : Spec.list(spec.root(), "tags")) {
      Map<?, ?> facts = spec.map(tag);
      if (Words.snake(Spec.text(facts, "name")).equals(service)) {
        return Spec.text(facts, "description");
      }
    }
    return "";
  }

  private Map<String, Object> document(String service, Map<String, ResourceDraft> resources) {
    Map<?, ?> root = spec.root();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", Spec.text(root, "openapi"));
    document.put("info", spec.map(root, "info"));
    document.put("servers", servers);
    if (root.get("security") instanceof List<?> security) {
      document.put("security", security);
    }
    Set<String> paths = new LinkedHashSet<>();
    for (ResourceDraft resource : resources.values()) {
      resource.methods().forEach(method -> paths.add(method.call().path()));
    }
    Map<String, Object> items = new LinkedHashMap<>();
    for (String path : paths) {
      items.put(path, withoutStrays(path, spec.map(spec.map(root, "paths").get(path))));
    }
    document.put("paths", items);
    Map<String, Object> components = components(items);
    Map<String, Object> written = new LinkedHashMap<>();
    resources.values().stream()
        .sorted(java.util.Comparator.comparing(ResourceDraft::name))
        .forEach(resource -> written.put(resource.name(), resource.written(name, service)));
    components.put("x-stackQL-resources", written);
    document.put("components", components);
    return document;
  }

  /// The path item without path parameters that the path has no place for.
  private Map<?, ?> withoutStrays(String path, Map<?, ?> item) {
    Map<String, Object> copy = new LinkedHashMap<>();
    for (var entry : item.entrySet()) {
      String key = String.valueOf(entry.getKey());
      Object value = entry.getValue();
      if (key.equals("parameters") && value instanceof List<?> list) {
        copy.put(key, placed(path, list));
      } else if (VERBS.contains(key) && value instanceof Map<?, ?> operation) {
        Map<String, Object> inner = new LinkedHashMap<>();
        operation.forEach((name, each) -> {
          boolean parameters = "parameters".equals(name) && each instanceof List<?>;
          inner.put(
              String.valueOf(name),
              parameters && each instanceof List<?> list ? placed(path, list) : each);
        });
        copy.put(key, inner);
      } else {
        copy.put(key, value);
      }
    }
    return copy;
  }

  private List<Object> placed(String path, List<?> parameters) {
    List<Object> placed = new ArrayList<>();
    for (Object each : parameters) {
      Map<?, ?> parameter = spec.map(each);
      String written = Spec.text(parameter, "name");
      if (!Spec.text(parameter, "in").equals("path") || path.contains("{" + written + "}")) {
        placed.add(each);
      }
    }
    return placed;
  }

  /// What the paths refer to, and what that refers to.
  private Map<String, Object> components(Map<String, Object> paths) {
    Map<?, ?> all = spec.map(spec.root(), "components");
    Map<String, Set<String>> needed = new LinkedHashMap<>();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>(List.of(paths));
    while (!open.isEmpty()) {
      Object value = open.pop();
      if (value instanceof List<?> list) {
        if (seen.add(list)) {
          list.stream().filter(each -> each != null).forEach(open::push);
        }
      } else if (value instanceof Map<?, ?> map) {
        if (seen.add(map)) {
          map.values().stream().filter(each -> each != null).forEach(open::push);
        }
      } else if (value instanceof String text && text.startsWith("#/components/")) {
        String[] parts = text.split("/", -1);
        Object target = spec.at(text);
        if (parts.length >= 4 && target != null) {
          String key = parts[3].replace("~1", "/").replace("~0", "~");
          needed.computeIfAbsent(parts[2], _ -> new LinkedHashSet<>()).add(key);
          Object whole = spec.map(all, parts[2]).get(key);
          open.push(whole == null ? target : whole);
        }
      }
    }
    Map<String, Object> components = new LinkedHashMap<>();
    all.forEach((section, entries) -> {
      String kind = String.valueOf(section);
      Map<String, Object> kept = new LinkedHashMap<>();
      spec.map(entries)
          .forEach((key, value) -> {
            boolean wanted = needed.getOrDefault(kind, Set.of()).contains(String.valueOf(key));
            if (value != null && (wanted || kind.equals("securitySchemes"))) {
              kept.put(String.valueOf(key), value);
            }
          });
      if (!kept.isEmpty()) {
        components.put(kind, kept);
      }
    });
    return components;
  }
}
