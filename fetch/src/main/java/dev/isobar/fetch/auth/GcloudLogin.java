package dev.isobar.fetch.auth;

import dev.isobar.fetch.auth.Renewing.Held;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Tokens of the person who is logged in with Google's command line tool (`interactive`).
final class GcloudLogin implements Renewing.Source<String> {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final List<String> ARGUMENTS = List.of("config", "config-helper", "--format=json");

  private final String provider;
  private final Path gcloud;
  private final Redaction redaction;

  private GcloudLogin(String provider, Path gcloud, Redaction redaction) {
    this.provider = provider;
    this.gcloud = gcloud;
    this.redaction = redaction;
  }

  static void add(Search search, String provider, InstantSource clock) {
    Path gcloud = find(search.read("PATH"));
    if (gcloud == null) {
      search.miss("`gcloud` is not on the PATH");
      return;
    }
    search.input(gcloud.toString());
    search.source("`gcloud`");
    search.part(redaction ->
        new Token(new Renewing<>(new GcloudLogin(provider, gcloud, redaction), clock)));
  }

  private static @Nullable Path find(@Nullable String path) {
    for (String folder : path == null ? new String[0] : path.split(File.pathSeparator, -1)) {
      for (String name : List.of("gcloud", "gcloud.cmd")) {
        Path file = Path.of(folder, name);
        if (!folder.isEmpty() && Files.isExecutable(file)) {
          return file;
        }
      }
    }
    return null;
  }

  @Override
  public Held<String> fetch() throws InterruptedException {
    Object answer;
    try {
      answer = Json.parse(run());
    } catch (IllegalArgumentException e) {
      answer = null;
    }
    if (answer instanceof Map<?, ?> map
        && map.get("credential") instanceof Map<?, ?> credential
        && credential.get("access_token") instanceof String token) {
      redaction.add(token);
      return new Held<>("Bearer " + token, end(credential.get("token_expiry")));
    }
    throw failed("its answer holds no token");
  }

  private static @Nullable Instant end(@Nullable Object time) {
    try {
      return Instant.parse(String.valueOf(time));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private String run() throws InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(gcloud.toString());
    builder.command().addAll(ARGUMENTS);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File(nowhere())));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw failed("it does not start");
    }
    try {
      var output =
          java.util.concurrent.CompletableFuture.supplyAsync(
              () -> read(process), Thread::startVirtualThread);
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        throw failed("it took longer than " + LONGEST.toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        throw failed("it ended with the exit code " + process.exitValue());
      }
      return output.join();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String nowhere() {
    return File.separatorChar == '\\' ? "NUL" : "/dev/null";
  }

  private static String read(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private IsobarException failed(String why) {
    return new IsobarException(
        ErrorCode.AUTHENTICATION_FAILED,
        "No token for `" + provider + "` could be had from `gcloud`: " + why + ".",
        "Run `gcloud auth login`, and `gcloud auth print-access-token` to see what it says.");
  }
}
