package dev.isobar.catalog.compiled;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.Service;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.catalog.View;
import dev.isobar.model.IsobarException;
import dev.isobar.model.ResourceName;
import dev.isobar.model.SqlVerb;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Reads what [CompiledWriter] wrote. Thread-safe.
///
/// Written for a cold start: plain loops and no library, because each class that is loaded costs
/// more than the bytes that are read.
public final class CompiledReader {
  private static final SqlVerb[] VERBS = SqlVerb.values();

  private final FileReader file;

  /// @param name of the file, for messages
  /// @throws IsobarException `INVALID_DOCUMENT` when it is damaged or of another version
  public CompiledReader(String name, byte[] file) {
    this.file = new FileReader(name, file);
  }

  /// What the writer was told of the source, to see whether the file is stale.
  public String source() {
    return file.source();
  }

  /// The provider of a file that [CompiledWriter#provider] wrote.
  ///
  /// @param services loads the service behind a header
  public synchronized Provider provider(Function<ServiceHeader, Service> services) {
    FileReader.Cursor in = file.body();
    String name = in.text();
    String version = in.text();
    String title = in.text();
    String description = in.text();
    String authType = in.text();
    AuthSpec auth = new AuthSpec(authType, in.map());
    boolean snakeCaseAliases = in.flag();
    int count = in.count();
    List<ServiceHeader> headers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      headers.add(
          new ServiceHeader(
              in.text(), in.text(), in.text(), in.text(), in.text(), in.flag(), in.text()));
    }
    return new Provider(
        name, version, title, description, auth, snakeCaseAliases, headers, services);
  }

  /// The service of a file that [CompiledWriter#service] wrote.
  public synchronized Service service(String provider, ServiceHeader header) {
    FileReader.Cursor in = file.body();
    int count = in.count();
    List<ResourceHeader> headers = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      headers.add(new ResourceHeader(in.text(), in.text(), in.text(), in.text()));
      lengths.add(in.count());
    }
    Map<String, FileReader.Cursor> parts = new HashMap<>();
    for (int i = 0; i < count; i++) {
      parts.put(headers.get(i).name(), in.part(lengths.get(i)));
    }
    return new Service(
        provider,
        header,
        headers,
        resource -> {
          FileReader.Cursor part = parts.get(resource.name());
          ResourceName name = new ResourceName(provider, header.name(), resource.name());
          return resource(name, resource, part == null ? in : part);
        });
  }

  /// @param part is left where it is: a resource may be asked for again after a failure
  private synchronized Resource resource(
      ResourceName name, ResourceHeader header, FileReader.Cursor part) {
    FileReader.Cursor in = part.copy();
    int count = in.count();
    List<Method> methods = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      methods.add(MethodForm.read(in));
    }
    Map<SqlVerb, List<String>> verbs = new EnumMap<>(SqlVerb.class);
    for (SqlVerb verb : VERBS) {
      verbs.put(verb, in.texts());
    }
    int viewCount = in.count();
    List<View> views = new ArrayList<>();
    for (int i = 0; i < viewCount; i++) {
      views.add(new View(in.text(), in.texts(), in.text()));
    }
    return new Resource(
        name, header.id(), header.title(), header.description(), methods, verbs, views);
  }
}
