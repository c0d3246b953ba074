package dev.isobar.docgen;

import dev.isobar.catalog.Provider;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.ServiceHeader;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Where each page lies, and which pages there are.
final class Places {
  private final Provider provider;
  private final PageName selected;
  private final Map<String, String> services;
  private final String folder;
  private final Set<String> taken;
  private final Map<String, Map<String, String>> resources = new HashMap<>();

  /// @param selected what is written: this page and those below it
  /// @param taken names of files and folders that are no pages
  Places(Provider provider, PageName selected, Set<String> taken) {
    this.provider = provider;
    this.selected = selected;
    this.taken = taken;
    this.folder = FileNames.of(provider.name());
    this.services =
        FileNames.of(provider.services().stream().map(ServiceHeader::name).toList(), taken);
  }

  /// The folder that holds everything of the provider.
  String folder() {
    return folder;
  }

  /// Whether the page is written.
  boolean has(PageName page) {
    return (selected.service().isEmpty() || selected.service().equals(page.service()))
        && (selected.resource().isEmpty() || selected.resource().equals(page.resource()));
  }

  /// The path of the page without an ending: `linode/profile/phone_number`.
  String path(PageName page) {
    if (page.service().isEmpty()) {
      return folder;
    }
    String service = folder + "/" + services.getOrDefault(page.service(), "~");
    return page.resource().isEmpty()
        ? service
        : service + "/" + files(page.service()).getOrDefault(page.resource(), "~");
  }

  private Map<String, String> files(String service) {
    return resources.computeIfAbsent(
        service,
        name ->
            FileNames.of(
                provider.service(name).resources().stream().map(ResourceHeader::name).toList(),
                taken));
  }

  /// The way from one file to another, both relative to the same folder.
  static String link(String from, String to) {
    String[] start = from.split("/", -1);
    String[] end = to.split("/", -1);
    int same = 0;
    while (same < start.length - 1 && same < end.length - 1 && start[same].equals(end[same])) {
      same++;
    }
    StringBuilder link = new StringBuilder("../".repeat(start.length - 1 - same));
    for (int i = same; i < end.length; i++) {
      link.append(i == same ? "" : "/").append(end[i]);
    }
    return link.toString();
  }
}
