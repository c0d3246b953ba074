package dev.isobar.fetch;

import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.fetch.Sender.Outgoing;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.Json;
import dev.isobar.plan.Request;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The form in which an exchange stands in a file: one line of JSON, without secrets.
///
/// `{"isobar": 1, "provider": "…", "method": "GET", "url": "…", "headers": {…}, "body": "…",
/// "answer": {"status": 200, "headers": [["…", "…"]], "body": "…", "unread": true}, "failure":
/// {"code": "…", "what": "…"}}`. A body that is no text is in `base64`. `failure` is what came
/// instead of an answer, or broke it off; `unread` says that nobody read the rest of it.
final class Cassette {
  /// Of the headers of a request, those that only say how Isobar reaches a sandbox.
  private static final Set<String> OWN = Set.of("x-forwarded-host", "x-isobar-service");

  /// Headers of an answer that say how it travelled, or hold sessions.
  private static final Set<String> LEFT_OUT =
      Set.of(
          "content-encoding",
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "set-cookie",
          "set-cookie2",
          "www-authenticate",
          "proxy-authenticate");

  private Cassette() {}

  /// The part of a line by which requests are found again.
  static Map<String, @Nullable Object> request(Outgoing out, Scrubber scrubber) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("isobar", 1L);
    line.put("provider", out.provider());
    line.put("method", out.request().verb());
    line.put("url", scrubber.url(out.plain().toString()));
    Map<String, Object> headers = new LinkedHashMap<>();
    for (Request.Pair header : out.request().headers()) {
      if (!OWN.contains(header.name().toLowerCase(Locale.ROOT))) {
        headers.put(header.name(), scrubber.header(header.name(), header.value()));
      }
    }
    if (!headers.isEmpty()) {
      line.put("headers", headers);
    }
    String body = out.request().body();
    if (body != null) {
      line.put("body", scrubber.body(body));
    }
    return line;
  }

  /// A request for a token, and that it was answered: nothing of what was said.
  static String tokenLine(Outgoing out, @Nullable Response response, Scrubber scrubber) {
    URI uri = out.plain();
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("isobar", 1L);
    line.put("token", true);
    line.put("method", out.request().verb());
    line.put(
        "url", scrubber.text(uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath()));
    if (response != null) {
      line.put("answer", Map.of("status", (long) response.status, "body", "***"));
    }
    return Json.write(line) + "\n";
  }

  /// What makes two requests the same.
  static String key(Map<?, ?> line) {
    return line.get("provider")
        + " "
        + title(line)
        + "\n"
        + line.get("headers")
        + "\n"
        + line.get("body");
  }

  /// The request in a few words.
  static String title(Map<?, ?> line) {
    return line.get("method") + " " + line.get("url");
  }

  /// @param body as far as it came
  /// @param broken what came instead of an answer, or of the rest of it
  /// @param unread whether the reader stopped before its end
  static String line(
      Outgoing out,
      Scrubber scrubber,
      @Nullable Response response,
      byte[] body,
      @Nullable FetchFailure broken,
      boolean unread) {
    Map<String, @Nullable Object> line = request(out, scrubber);
    if (response != null) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("status", (long) response.status);
      Sandboxed home = Sandboxed.of(out);
      List<Object> headers = new ArrayList<>();
      response
          .headers
          .map()
          .forEach((name, values) -> {
            if (!LEFT_OUT.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
              values.forEach(
                  value -> headers.add(List.of(name, scrubber.header(name, home.undone(value)))));
            }
          });
      answer.put("headers", headers);
      Charset charset = response.charset();
      String text = new String(body, charset);
      if (Arrays.equals(text.getBytes(charset), body)) {
        answer.put("body", scrubber.body(home.undone(text)));
      } else {
        byte[] clean =
            scrubber
                .text(new String(body, StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
        answer.put("base64", Base64.getEncoder().encodeToString(clean));
      }
      if (unread) {
        answer.put("unread", true);
      }
      line.put("answer", answer);
    }
    if (broken != null) {
      line.put("failure", failure(broken, scrubber));
    }
    return Json.write(line) + "\n";
  }

  private static Map<String, Object> failure(FetchFailure broken, Scrubber scrubber) {
    Map<String, Object> failure = new LinkedHashMap<>();
    failure.put("code", broken.code.name());
    failure.put("what", scrubber.text(broken.what));
    failure.put("hint", scrubber.text(broken.hint));
    failure.put("status", (long) broken.status);
    failure.put("repeat", broken.repeat.name());
    if (broken.retryAfter != null) {
      failure.put("retryAfterMillis", broken.retryAfter.toMillis());
    }
    return failure;
  }

  /// Where a sandbox stood, and the API in whose place it did.
  private record Sandboxed(String base, String home) {
    static Sandboxed of(Outgoing out) {
      String target = out.target().toString();
      String plain = out.plain().toString();
      String home = out.plain().getScheme() + "://" + out.plain().getRawAuthority();
      String rest = plain.substring(Math.min(home.length(), plain.length()));
      return target.endsWith(rest)
          ? new Sandboxed(target.substring(0, target.length() - rest.length()), home)
          : new Sandboxed(home, home);
    }

    /// A text of the sandbox with the API's own URLs.
    String undone(String text) {
      return base.equals(home) || base.isEmpty() ? text : text.replace(base, home);
    }
  }

  /// What the line holds, as an exception if it is one.
  ///
  /// @param whole bytes up to which the body is given in one piece
  /// @throws IllegalArgumentException when the line is not of this form
  static Response response(Map<?, ?> line, URI uri, int whole) throws FetchFailure {
    FetchFailure broken =
        line.get("failure") instanceof Map<?, ?> failure ? failure(failure) : null;
    if (!(line.get("answer") instanceof Map<?, ?> answer)) {
      if (broken == null) {
        throw new IllegalArgumentException("it has neither an answer nor a failure");
      }
      throw broken;
    }
    Map<String, List<String>> fields = new LinkedHashMap<>();
    if (answer.get("headers") instanceof List<?> headers) {
      for (Object header : headers) {
        if (header instanceof List<?> pair && pair.size() == 2) {
          fields
              .computeIfAbsent(String.valueOf(pair.get(0)), _ -> new ArrayList<>())
              .add(String.valueOf(pair.get(1)));
        }
      }
    }
    HttpHeaders headers = HttpHeaders.of(fields, (_, _) -> true);
    int status = (int) number(answer, "status");
    byte[] body =
        answer.get("base64") instanceof String encoded
            ? Base64.getDecoder().decode(encoded)
            : String.valueOf(answer.get("body"))
                .getBytes(new Response(status, uri, headers, new byte[0]).charset());
    FetchFailure ending = Boolean.TRUE.equals(answer.get("unread")) ? unread() : broken;
    if (ending == null && body.length <= whole) {
      return new Response(status, uri, headers, body);
    }
    int first = Math.min(whole, body.length);
    return new Response(
        status, uri, headers, Arrays.copyOf(body, first), new RecordedBody(body, first, ending));
  }

  private static FetchFailure unread() {
    return FetchFailure.of(
        ErrorCode.NOT_RECORDED,
        "the recording holds the answer only as far as it was read then",
        "Record it anew with --record, with this statement.",
        Repeat.USELESS);
  }

  private static FetchFailure failure(Map<?, ?> failure) {
    return new FetchFailure(
        ErrorCode.valueOf(String.valueOf(failure.get("code"))),
        String.valueOf(failure.get("what")),
        String.valueOf(failure.get("hint")),
        (int) number(failure, "status"),
        Repeat.valueOf(String.valueOf(failure.get("repeat"))),
        failure.get("retryAfterMillis") instanceof Long millis ? Duration.ofMillis(millis) : null);
  }

  private static long number(Map<?, ?> map, String name) {
    if (map.get(name) instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException("`" + name + "` is no number");
  }
}
