package dev.isobar.docgen;

/// What a page is about: a provider, one of its services, or a resource.
///
/// @param service empty on the page of a provider
/// @param resource empty on the page of a provider or of a service
record PageName(String provider, String service, String resource) {
  static PageName of(String provider) {
    return new PageName(provider, "", "");
  }

  PageName service(String name) {
    return new PageName(provider, name, "");
  }

  PageName resource(String name) {
    return new PageName(provider, service, name);
  }

  /// The last part, which is the title of the page.
  String last() {
    return !resource.isEmpty() ? resource : !service.isEmpty() ? service : provider;
  }

  /// As SHOW and DESCRIBE say it: `linode.profile.phone_number`.
  @Override
  public String toString() {
    return provider
        + (service.isEmpty() ? "" : "." + service)
        + (resource.isEmpty() ? "" : "." + resource);
  }
}
