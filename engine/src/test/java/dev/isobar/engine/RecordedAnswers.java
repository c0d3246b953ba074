package dev.isobar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.testing.Received;
import dev.isobar.testing.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/// What an API answers to the requests of a script, from a file. Thread-safe.
///
/// An answer begins with lines `> `: the first is the verb, path and query, and the body if there
/// is one, as sent; each further one a header that the request has. Then come the status, headers,
/// an empty line, and the body up to the next answer. `{address}` stands for the API's host and
/// port.
final class RecordedAnswers {
  /// Headers that tell how bytes travel and who sends them, or are for a sandbox, and nothing of
  /// what is asked.
  private static final Set<String> TRAVEL =
      Set.of(
          "accept-encoding",
          "connection",
          "content-length",
          "host",
          "http2-settings",
          "upgrade",
          "user-agent",
          "x-goog-api-client",
          "x-isobar-service");

  private final List<Answer> answers;
  private final Set<Answer> given = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> unknown = new ConcurrentLinkedQueue<>();

  private record Answer(
      String asked, List<String> headers, int status, List<String> replied, String body) {}

  private RecordedAnswers(List<Answer> answers) {
    this.answers = List.copyOf(answers);
  }

  static RecordedAnswers read(Path file) throws IOException {
    List<Answer> answers = new ArrayList<>();
    for (String text : Files.readString(file).split("(?m)\\n\\n(?=> )", -1)) {
      List<String> lines = new ArrayList<>(text.lines().toList());
      String asked = lines.removeFirst().substring(2);
      List<String> headers = new ArrayList<>();
      while (lines.getFirst().startsWith("> ")) {
        headers.add(lines.removeFirst().substring(2));
      }
      int status = Integer.parseInt(lines.removeFirst());
      List<String> replied = new ArrayList<>();
      while (!lines.isEmpty() && !lines.getFirst().isEmpty()) {
        replied.add(lines.removeFirst());
      }
      String body = String.join("\n", lines).strip();
      answers.add(new Answer(asked, headers, status, replied, body));
    }
    return new RecordedAnswers(answers);
  }

  Reply reply(Received request) {
    for (Answer answer : answers) {
      if (answer.asked().equals(asked(request)) && headers(request).containsAll(answer.headers())) {
        given.add(answer);
        String address = request.headers().getOrDefault("Host", "");
        Reply reply = Reply.status(answer.status());
        for (String line : answer.replied()) {
          String[] header = line.replace("{address}", address).split(": ", 2);
          reply = reply.header(header[0], header[1]);
        }
        String body = answer.body().replace("{address}", address);
        return reply.body(body.getBytes(StandardCharsets.UTF_8));
      }
    }
    unknown.add(told(request));
    return Reply.json(404, "{}");
  }

  /// Each answer of the file, and none that is not there.
  void allWereGiven() {
    assertThat(unknown).as("requests without an answer").isEmpty();
    assertThat(answers).as("answers that nobody asked for").allMatch(given::contains);
  }

  /// The request with its headers, a line for each. What differs from run to run is left out.
  static String told(Received request) {
    return asked(request)
        + headers(request).stream().map(header -> "\n  " + header).collect(Collectors.joining());
  }

  private static String asked(Received request) {
    String asked = request.verb() + " " + request.target();
    String body =
        request
            .body()
            .strip()
            .replaceAll("\\s*\\n\\s*", " ")
            .replaceFirst("(?<=assertion=)[^&]+", "…");
    return body.isEmpty() ? asked : asked + " " + body;
  }

  private static List<String> headers(Received request) {
    return request.headers().entrySet().stream()
        .filter(header -> !TRAVEL.contains(header.getKey().toLowerCase(Locale.ROOT)))
        .map(header -> header.getKey().toLowerCase(Locale.ROOT) + ": " + lasting(header.getValue()))
        .toList();
  }

  /// A signature and its time differ from run to run.
  private static String lasting(String value) {
    return value
        .replaceFirst("Signature=\\w+", "Signature=…")
        .replaceFirst("(?<=/)\\d{8}(?=/)", "…")
        .replaceFirst("^\\d{8}T\\d{6}Z$", "…");
  }
}
