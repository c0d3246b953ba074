package dev.isobar.docgen;

import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.Service;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.FileErrors;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/// The documentation of a provider: the pages of all that it holds, or of a part.
///
/// ```java
/// new Documentation(provider, views).write("", "", Format.MARKDOWN, Path.of("site"));
/// ```
///
/// One thread at a time.
public final class Documentation {
  private final Provider provider;
  private final ViewFields views;

  public Documentation(Provider provider, ViewFields views) {
    this.provider = provider;
    this.views = views;
  }

  /// What was written.
  public record Written(int pages, int files, long bytes) {}

  /// Writes pages below a folder, over those that are there. Other files stay as they are.
  ///
  /// @param service empty for the whole provider
  /// @param resource empty for the whole service
  /// @throws IsobarException `UNKNOWN_SERVICE`, `UNKNOWN_RESOURCE`, `INVALID_DOCUMENT`,
  ///   `FILE_FAILED`
  public Written write(String service, String resource, Format format, Path folder) {
    Output output =
        new Output() {
          @Override
          void put(String path, byte[] content) {
            Documentation.write(folder, path, content);
          }
        };
    int pages = write(service, resource, format, output);
    return new Written(pages, output.files(), output.bytes());
  }

  int write(String service, String resource, Format format, Output output) {
    PageName selected = new PageName(provider.name(), service, resource);
    Set<String> taken = format == Format.HTML ? HtmlWriter.TAKEN : Set.of();
    Places places = new Places(provider, selected, taken);
    PageWriter writer =
        switch (format) {
          case DOCUSAURUS -> new MarkdownWriter(places, true);
          case HTML -> new HtmlWriter(places);
          case MARKDOWN -> new MarkdownWriter(places, false);
        };
    int[] pages = {0};
    pages(
        selected,
        page -> {
          writer.write(page, output);
          pages[0]++;
        });
    writer.end(output);
    return pages[0];
  }

  private interface Reader {
    void read(Page page);
  }

  /// Makes the pages one after the other: only one is held at a time.
  private void pages(PageName selected, Reader reader) {
    PageName root = PageName.of(provider.name());
    if (!selected.service().isEmpty()) {
      var _ = service(provider.service(selected.service()), selected, reader, (_, _) -> {});
      return;
    }
    List<Counts.OfService> services = new ArrayList<>();
    PageName[] first = new PageName[1];
    for (ServiceHeader header : provider.services()) {
      Service service = provider.service(header.name());
      Counts counts =
          service(
              service,
              selected,
              reader,
              (name, resource) -> {
                if (first[0] == null && ProviderPage.isEasy(resource)) {
                  first[0] = name;
                }
              });
      services.add(new Counts.OfService(header, counts));
    }
    reader.read(ProviderPage.of(root, provider, services, first[0]));
  }

  /// @return what the service holds
  private Counts service(
      Service service, PageName selected, Reader reader, BiConsumer<PageName, Resource> visitor) {
    PageName name = PageName.of(provider.name()).service(service.name());
    if (!selected.resource().isEmpty()) {
      Resource resource = service.resource(selected.resource());
      reader.read(ResourcePage.of(name.resource(selected.resource()), provider, resource, views));
      return Counts.of(resource);
    }
    Counts counts = Counts.NONE;
    for (var header : service.resources()) {
      Resource resource = service.resource(header.name());
      counts = counts.plus(Counts.of(resource));
      PageName page = name.resource(header.name());
      visitor.accept(page, resource);
      reader.read(ResourcePage.of(page, provider, resource, views));
    }
    reader.read(ServicePage.of(name, provider, service, counts));
    return counts;
  }

  private static void write(Path folder, String path, byte[] content) {
    Path file = folder.resolve(path);
    try {
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.write(file, content);
    } catch (IOException e) {
      throw new IsobarException(
          ErrorCode.FILE_FAILED,
          "The page `" + file + "` cannot be written: " + FileErrors.reason(e) + ".",
          "Give a folder with --out that you may write to and that has room.",
          null,
          e);
    }
  }
}
