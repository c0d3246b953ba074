package dev.isobar.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.Catalog;
import dev.isobar.model.Cancellation;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.testing.FakeCloud;
import dev.isobar.testing.PublishedRegistry;
import dev.isobar.testing.Received;
import dev.isobar.testing.Reply;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullTest {
  @TempDir private static Path keys;
  private static Signer signer;

  @TempDir private Path folder;
  private @Nullable Path home;
  private final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, String> environment = new HashMap<>();
  private PublishedRegistry published;
  private FakeCloud.Handler handler = this::publishedFile;
  private FakeCloud cloud;

  @BeforeAll
  static void makeCertificate() {
    signer = Signer.create(keys, "O=Acme");
  }

  @BeforeEach
  void start() {
    home = folder.resolve("home");
    published = new PublishedRegistry();
    cloud = FakeCloud.start(request -> handler.reply(request));
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private Reply publishedFile(Received request) {
    byte[] file = published.files().get(request.path().substring(1));
    String range = request.header("Range");
    if (file == null || range == null) {
      return published.reply(request);
    }
    int from = Integer.parseInt(range.replaceAll("\\D", ""));
    return Reply.status(206)
        .header("Content-Range", "bytes " + from + "-" + (file.length - 1) + "/" + file.length)
        .body(Arrays.copyOfRange(file, from, file.length));
  }

  private void publish(String provider, String version, String path) {
    published.add(provider, version, path, document -> signer.sign(document, Signer.WITHIN));
  }

  private byte[] file(String path) {
    return Objects.requireNonNull(published.files().get(path));
  }

  private Path home() {
    return Objects.requireNonNull(home);
  }

  private String json(String url) {
    return "{\"url\": \"%s\", \"verifyConfig\": {\"CAFile\": \"%s\", \"signingCertFile\": \"%s\"}}"
        .formatted(url, signer.certificate, signer.certificate);
  }

  private Registry registry(String location) {
    return new Registry(
        new RegistryOptions(location, home, environment::get),
        _ -> {},
        new Downloads.Patience(4, Duration.ofSeconds(5), waits::add),
        Archive.Limits.DEFAULT);
  }

  private Registry registry() {
    return registry(json(cloud.uri().toString()));
  }

  private Pulled pull(String provider, @Nullable String version) {
    return registry().pull(provider, version, new Cancellation());
  }

  private static String path(Catalog catalog, String provider) {
    return catalog
        .provider(provider)
        .service("core")
        .resource("things")
        .method("list")
        .operation()
        .path();
  }

  private void assertNothingChanged() throws IOException {
    assertThat(registry().installed()).isEmpty();
    if (Files.isDirectory(home())) {
      try (Stream<Path> all = Files.walk(home())) {
        assertThat(all.map(Path::toString)).noneMatch(name -> name.contains("unpack-"));
      }
    }
  }

  private void assertFails(String provider, @Nullable String version, ErrorCode code, String text)
      throws IOException {
    assertThatThrownBy(() -> pull(provider, version))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.hint()).isNotEmpty();
            })
        .hasMessageContaining(text);
    assertNothingChanged();
  }

  @Test
  void installsTheNewestVersion() {
    publish("acme", "v9.0.0", "/nine");
    publish("acme", "v10.0.0", "/ten");
    publish("acme", "v11.0.0-beta", "/beta");
    assertThat(pull("acme", null).message())
        .isEqualTo("acme provider, version 'v10.0.0' successfully installed");
    assertThat(path(registry().catalog(), "acme")).isEqualTo("/ten");
    assertThat(cloud.targets()).containsExactly("/dist/providers.yaml", "/dist/acme/v10.0.0.tgz");
  }

  @Test
  void googleLivesInAnotherFolder() {
    publish("google", "v1", "/things");
    pull("google", null);
    assertThat(cloud.targets()).contains("/dist/googleapis.com/v1.tgz");
    assertThat(path(registry().catalog(), "google")).isEqualTo("/things");
  }

  @Test
  void severalVersionsStandSideBySide() {
    publish("acme", "v1.0.0", "/one");
    publish("acme", "v2.0.0", "/two");
    pull("acme", null);
    assertThat(pull("acme", "v1.0.0").version()).isEqualTo("v1.0.0");
    Catalog catalog = registry().catalog();
    assertThat(path(catalog, "acme")).as("what was pulled last").isEqualTo("/one");
    assertThat(path(catalog, "acme:v1.0.0")).isEqualTo("/one");
    assertThat(path(catalog, "acme:v2.0.0")).isEqualTo("/two");
    assertThat(catalog.names()).contains("acme").doesNotContain("acme:v1.0.0");
    assertThatThrownBy(() -> catalog.provider("acme:v3.0.0"))
        .isInstanceOfSatisfying(
            IsobarException.class, e -> assertThat(e.hint()).contains("acme:v1.0.0"));
    assertThat(registry().installed())
        .extracting(Installed::version, Installed::current)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("v1.0.0", true),
            org.assertj.core.groups.Tuple.tuple("v2.0.0", false));
  }

  @Test
  void whatIsHereIsNotDownloadedAgain() {
    publish("acme", "v1", "/one");
    pull("acme", "v1");
    cloud.close();
    assertThat(pull("acme", "v1").message()).endsWith("is installed already");
  }

  @Test
  void aVersionMayBeWrittenWithoutItsLetter() {
    publish("acme", "v1.0.0", "/one");
    assertThat(pull("acme", "1.0.0").version()).isEqualTo("v1.0.0");
  }

  @Test
  void aVersionThatIsNotListedMayBeThere() {
    publish("acme", "v1.0.0", "/one");
    publish("acme", "v1.0.0-dev", "/dev");
    published
        .files()
        .put(
            "dist/providers.yaml",
            "providers: {acme: {versions: [v1.0.0]}}".getBytes(StandardCharsets.UTF_8));
    assertThat(pull("acme", "v1.0.0-dev").version()).isEqualTo("v1.0.0-dev");
  }

  @Test
  void removesWhatWasPulledWithWhatWasCompiled() throws IOException {
    publish("acme", "v1", "/one");
    publish("acme", "v2", "/two");
    pull("acme", "v1");
    pull("acme", "v2");
    assertThat(compiled()).hasSize(4);
    assertThat(registry().remove("acme", "v2")).containsExactly("v2");
    assertThat(path(registry().catalog(), "acme")).isEqualTo("/one");
    assertThat(compiled()).hasSize(2);
    assertThat(registry().remove("acme", null)).containsExactly("v1");
    assertThat(registry().catalog().names()).doesNotContain("acme");
    assertThat(compiled()).isEmpty();
    assertThatThrownBy(() -> registry().remove("acme", null))
        .isInstanceOfSatisfying(
            IsobarException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_PROVIDER));
  }

  private List<Path> compiled() throws IOException {
    try (Stream<Path> all = Files.walk(home().resolve("documents"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void listsProvidersAndVersions() {
    publish("acme", "v10", "/x");
    publish("acme", "v9", "/x");
    publish("zeta", "v1", "/x");
    List<ProviderVersions> list = registry().list(new Cancellation());
    assertThat(list).extracting(ProviderVersions::provider).containsExactly("acme", "zeta");
    assertThat(list.getFirst().newest()).isEqualTo("v10");
    assertThat(registry().versions("acme", new Cancellation()).versions())
        .containsExactly("v9", "v10");
  }

  @Test
  void readsAFolderInThePublishedForm() throws IOException {
    publish("acme", "v1", "/one");
    Path local = folder.resolve("mirror");
    for (var file : published.files().entrySet()) {
      Path path = local.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    Registry mirror = registry(json(local.toUri().toString()));
    assertThat(mirror.list(new Cancellation())).hasSize(1);
    mirror.pull("acme", null, new Cancellation());
    assertThat(path(mirror.catalog(), "acme")).isEqualTo("/one");
    assertThat(cloud.received()).isEmpty();
  }

  @Test
  void aFolderOfSourcesNeedsNoPull() throws IOException {
    Path version = Files.createDirectories(folder.resolve("own/src/acme/v1"));
    Files.writeString(version.resolve("provider.yaml"), "name: acme\nproviderServices: {}\n");
    Registry own = registry(folder.resolve("own").toString());
    assertThat(own.list(new Cancellation())).extracting(ProviderVersions::newest).contains("v1");
    assertThat(own.pull("acme", null, new Cancellation()).message()).contains("nothing to pull");
    assertThatThrownBy(() -> own.pull("acme", "v2", new Cancellation()))
        .hasMessageContaining("There is no version `v2` of `acme`");
  }

  @Test
  void keepsDocumentsWhereTheRegistrySays() {
    publish("acme", "v1", "/one");
    Path own = folder.resolve("own");
    String json =
        json(cloud.uri().toString())
            .replace("{\"url\"", "{\"localDocRoot\": \"" + own + "\", \"url\"");
    registry(json).pull("acme", null, new Cancellation());
    assertThat(own.resolve("src/acme/v1/services/core.yaml")).exists();
    assertThat(path(registry(json).catalog(), "acme")).isEqualTo("/one");
    assertThat(home().resolve("src")).doesNotExist();
  }

  @Test
  void namesWhatIsNotThere() throws IOException {
    publish("acme", "v1", "/one");
    assertFails("acne", null, ErrorCode.UNKNOWN_PROVIDER, "There is no provider `acne`");
    assertFails("acme", "v2", ErrorCode.UNKNOWN_PROVIDER, "There is no version `v2` of `acme`");
    assertFails("../acme", null, ErrorCode.INVALID_PARAMETER, "`../acme` is no name");
    assertFails("acme", "v1/../../x", ErrorCode.INVALID_PARAMETER, "is no name of a version");
  }

  @Test
  void refusesUnsignedAndWronglySignedDocuments() throws IOException {
    Instant early = Instant.parse("2022-04-27T00:00:00Z");
    published.add("late", "v1", "/x", document -> signer.sign(document, early));
    assertFails(
        "late",
        null,
        ErrorCode.UNTRUSTED_DOCUMENT,
        "`late/v1/provider.yaml` was signed on 2022-04-27");
    PublishedRegistry unsigned = new PublishedRegistry().add("acme", "v1", "/x", null);
    published.files().putAll(unsigned.files());
    assertFails("acme", null, ErrorCode.UNTRUSTED_DOCUMENT, "has no signature");
    String json = "{\"url\": \"" + cloud.uri() + "\", \"verifyConfig\": {\"nopVerify\": true}}";
    registry(json).pull("acme", null, new Cancellation());
    assertThat(path(registry().catalog(), "acme")).isEqualTo("/x");
  }

  @Test
  void refusesAnArchiveOfAnotherProvider() throws IOException {
    publish("acme", "v1", "/x");
    publish("other", "v1", "/x");
    published.files().put("dist/acme/v1.tgz", file("dist/other/v1.tgz"));
    assertFails("acme", null, ErrorCode.INVALID_DOCUMENT, "holds the provider `other`");
  }

  @Test
  void goesOnWhereADownloadBrokeOff() {
    publish("acme", "v1", "/" + "x".repeat(200));
    handler =
        request -> {
          Reply whole = publishedFile(request);
          boolean archive = request.path().endsWith(".tgz");
          return archive && request.number() < 5 ? whole.truncatedAfter(100) : whole;
        };
    pull("acme", null);
    List<@Nullable String> ranges = new ArrayList<>();
    for (Received request : cloud.received()) {
      ranges.add(request.header("Range"));
      assertThat(request.header("If-Range"))
          .isEqualTo(request.header("Range") == null ? null : "\"1\"");
    }
    assertThat(ranges).containsExactly(null, null, "bytes=100-", "bytes=200-", "bytes=300-");
    assertThat(waits)
        .containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void goesOnInALaterProcess() {
    publish("acme", "v1", "/" + "x".repeat(200));
    handler =
        request -> {
          Reply whole = publishedFile(request);
          return request.path().endsWith(".tgz") ? whole.truncatedAfter(50) : whole;
        };
    assertThatThrownBy(() -> pull("acme", null))
        .hasMessageContaining("the connection broke off (4 attempts)");
    handler = this::publishedFile;
    pull("acme", null);
    assertThat(cloud.received().getLast().header("Range")).isEqualTo("bytes=200-");
    assertThat(path(registry().catalog(), "acme")).startsWith("/xxx");
  }

  @Test
  void beginsAnewWhenTheFileChangedMeanwhile() {
    publish("acme", "v1", "/" + "x".repeat(200));
    handler =
        request -> {
          if (!request.path().endsWith(".tgz")) {
            return publishedFile(request);
          }
          byte[] file = file("dist/acme/v1.tgz");
          Reply whole = Reply.status(200).header("ETag", "\"" + request.number() + "\"").body(file);
          return request.number() == 2 ? whole.truncatedAfter(100) : whole;
        };
    pull("acme", null);
    assertThat(cloud.received()).hasSize(3);
    assertThat(path(registry().catalog(), "acme")).startsWith("/xxx");
  }

  @Test
  void triesAgainAsLateAsTheRegistryAsks() {
    publish("acme", "v1", "/x");
    handler =
        request ->
            request.number() == 1
                ? Reply.status(503).header("Retry-After", "7")
                : publishedFile(request);
    pull("acme", null);
    assertThat(waits).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void saysWhatIsInTheWay() throws IOException {
    handler =
        _ -> Reply.status(200).body("<!DOCTYPE html><p>Log in".getBytes(StandardCharsets.UTF_8));
    assertFails("acme", null, ErrorCode.INVALID_DOCUMENT, "is no list of providers: it is HTML");
    handler = _ -> Reply.status(200).body("just text".getBytes(StandardCharsets.UTF_8));
    assertFails("acme", null, ErrorCode.INVALID_DOCUMENT, "it has no `providers`");
    handler = _ -> Reply.status(200).body("a: [".getBytes(StandardCharsets.UTF_8));
    assertFails("acme", null, ErrorCode.INVALID_DOCUMENT, "it is no YAML");
    handler = _ -> Reply.status(404);
    assertFails(
        "acme", null, ErrorCode.REQUEST_FAILED, "There is no registry at `http://127.0.0.1");
    handler = _ -> Reply.status(403);
    assertFails("acme", null, ErrorCode.REQUEST_FAILED, "status 403");
    handler = _ -> Reply.status(500);
    assertFails("acme", null, ErrorCode.REQUEST_FAILED, "status 500 (4 attempts)");
    handler = _ -> Reply.status(407);
    assertFails("acme", null, ErrorCode.REQUEST_FAILED, "cannot be read");
    publish("acme", "v1", "/x");
    handler =
        request ->
            request.path().endsWith(".tgz")
                ? Reply.status(200).body("<html>Log in</html>".getBytes(StandardCharsets.UTF_8))
                : publishedFile(request);
    assertFails("acme", null, ErrorCode.REQUEST_FAILED, "begins with `<html>Log in</html>`");
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThatThrownBy(() -> registry(json("http://127.0.0.1:" + port)).list(new Cancellation()))
        .hasMessageContaining("the connection was refused");
    assertThatThrownBy(() -> registry(json("http://nowhere.invalid")).list(new Cancellation()))
        .hasMessageContaining("the host is not known");
    String https = cloud.uri().toString().replace("http:", "https:");
    assertThatThrownBy(() -> registry(json(https)).list(new Cancellation()))
        .isInstanceOfSatisfying(
            IsobarException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REQUEST_FAILED));
  }

  @Test
  void goesThroughTheProxyOfTheEnvironment() {
    publish("acme", "v1", "/x");
    handler =
        request -> {
          byte[] file =
              published.files().get(request.target().replace("http://registry.invalid/", ""));
          return file == null ? Reply.status(404) : Reply.status(200).body(file);
        };
    environment.put("http_proxy", cloud.uri().toString());
    Registry registry = registry(json("http://registry.invalid"));
    registry.pull("acme", null, new Cancellation());
    assertThat(cloud.targets())
        .containsExactly(
            "http://registry.invalid/dist/providers.yaml",
            "http://registry.invalid/dist/acme/v1.tgz");
  }

  @Test
  void givesUpOnSilenceAndOnCancellation() {
    publish("acme", "v1", "/x");
    CountDownLatch never = new CountDownLatch(1);
    handler = request -> publishedFile(request).after(never);
    Registry impatient =
        new Registry(
            new RegistryOptions(json(cloud.uri().toString()), home),
            _ -> {},
            new Downloads.Patience(1, Duration.ofMillis(50), waits::add),
            Archive.Limits.DEFAULT);
    assertThatThrownBy(() -> impatient.list(new Cancellation()))
        .hasMessageContaining("nothing came for");
    Cancellation cancellation = new Cancellation();
    handler =
        request -> {
          cancellation.cancel(new IsobarException(ErrorCode.CANCELLED, "Enough.", ""));
          return publishedFile(request).after(never);
        };
    assertThatThrownBy(() -> registry().list(cancellation)).hasMessage("Enough.");
  }

  @Test
  void pullsOfOneProviderWaitForEachOther() throws Exception {
    publish("acme", "v1", "/x");
    List<Future<Pulled>> pulls = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        pulls.add(threads.submit((Callable<Pulled>) () -> pull("acme", null)));
      }
    }
    for (Future<Pulled> pull : pulls) {
      assertThat(pull.get().version()).isEqualTo("v1");
    }
    assertThat(cloud.targets().stream().filter(t -> t.endsWith(".tgz"))).hasSize(1);
  }

  @Test
  void nothingButListAndPullUsesTheNetwork() {
    publish("acme", "v1", "/x");
    pull("acme", null);
    int before = cloud.received().size();
    Registry registry = registry();
    assertThat(path(registry.catalog(), "acme")).isEqualTo("/x");
    assertThat(registry.installed()).isNotEmpty();
    registry.remove("acme", null);
    assertThat(cloud.received()).hasSize(before);
  }

  @Test
  void saysThatNothingCanBeKept() throws IOException {
    publish("acme", "v1", "/x");
    home = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> pull("acme", null))
        .isInstanceOfSatisfying(
            IsobarException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_FAILED))
        .hasMessageContaining("cannot be written");
    home = null;
    assertThatThrownBy(() -> pull("acme", null)).hasMessageContaining("no folder to keep");
  }
}
