package dev.isobar.catalog.compiled;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.Service;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.catalog.View;
import dev.isobar.model.SqlVerb;
import java.util.ArrayList;
import java.util.List;

/// Writes providers and services in the compiled form. See the package for its layout.
public final class CompiledWriter {
  private CompiledWriter() {}

  /// What `provider.yaml` says, without the services behind it.
  ///
  /// @param source any text; [CompiledReader#source] gives it back
  public static byte[] provider(Provider provider, String source) {
    FileWriter file = new FileWriter();
    FileWriter.Part out = file.part();
    out.text(provider.name());
    out.text(provider.version());
    out.text(provider.title());
    out.text(provider.description());
    out.text(provider.auth().type());
    out.value(provider.auth().settings());
    out.flag(provider.snakeCaseAliases());
    out.number(provider.services().size());
    for (ServiceHeader service : provider.services()) {
      out.text(service.id());
      out.text(service.name());
      out.text(service.title());
      out.text(service.description());
      out.text(service.version());
      out.flag(service.preferred());
      out.text(service.document());
    }
    return file.build(source, out);
  }

  /// A service with all its resources, each of which is loaded for it.
  ///
  /// @param source any text; [CompiledReader#source] gives it back
  public static byte[] service(Service service, String source) {
    FileWriter file = new FileWriter();
    List<byte[]> resources = new ArrayList<>();
    FileWriter.Part out = file.part();
    out.number(service.resources().size());
    for (ResourceHeader header : service.resources()) {
      byte[] resource = resource(file.part(), service.resource(header.name()));
      resources.add(resource);
      out.text(header.name());
      out.text(header.id());
      out.text(header.title());
      out.text(header.description());
      out.number(resource.length);
    }
    resources.forEach(out::bytes);
    return file.build(source, out);
  }

  private static byte[] resource(FileWriter.Part out, Resource resource) {
    out.number(resource.methods().size());
    for (Method method : resource.methods()) {
      MethodForm.write(out, method);
    }
    for (SqlVerb verb : SqlVerb.values()) {
      boolean chosen = verb != SqlVerb.EXEC;
      out.texts(chosen ? resource.methods(verb).stream().map(Method::name).toList() : List.of());
    }
    out.number(resource.views().size());
    for (View view : resource.views()) {
      out.text(view.dialect());
      out.texts(view.requiredParameters());
      out.text(view.ddl());
    }
    return out.bytes();
  }
}
