package dev.isobar.fetch.auth;

import dev.isobar.fetch.auth.Renewing.Held;
import dev.isobar.fetch.program.BoundedProgram;
import dev.isobar.fetch.program.BoundedProgram.Outcome.Failed;
import dev.isobar.fetch.program.BoundedProgram.Outcome.Printed;
import dev.isobar.fetch.program.BoundedProgram.Outcome.TooLong;
import dev.isobar.fetch.program.BoundedProgram.Outcome.TooMuch;
import dev.isobar.fetch.program.BoundedProgram.Outcome.Unreadable;
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
import org.jspecify.annotations.Nullable;

/// Tokens of the person who is logged in with Google's command line tool (`interactive`).
final class GcloudLogin implements Renewing.Source<String> {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /// The most that it may print: a token is some thousand bytes.
  private static final int LARGEST_OUTPUT = 1 << 20;

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
    // What it says may hold a secret.
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process;
    try {
      process = builder.start();
    } catch (IOException _) {
      throw failed("it does not start");
    }
    return switch (BoundedProgram.run(process, LONGEST, LARGEST_OUTPUT)) {
      case TooMuch _ -> throw failed("it printed more than " + (LARGEST_OUTPUT >> 20) + " MB");
      case TooLong _ -> throw failed("it took longer than " + LONGEST.toSeconds() + " s");
      case Failed failed -> throw failed("it ended with the exit code " + failed.exitCode());
      case Unreadable _ -> throw failed("what it printed could not be read");
      case Printed printed -> new String(printed.output(), StandardCharsets.UTF_8);
    };
  }

  private IsobarException failed(String why) {
    return new IsobarException(
        ErrorCode.AUTHENTICATION_FAILED,
        "No token for `" + provider + "` could be had from `gcloud`: " + why + ".",
        "Run `gcloud auth login`, and `gcloud auth print-access-token` to see what it says.");
  }
}
