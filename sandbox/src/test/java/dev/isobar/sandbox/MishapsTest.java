package dev.isobar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Limits, faults and slowness.
final class MishapsTest {
  private static HttpRequest request(String verb, String target) {
    return new HttpRequest(verb, target, Map.of(), new byte[0]);
  }

  private static List<String> kinds(long seed, String verb) {
    Mishaps mishaps = new Mishaps(0.2, seed);
    List<String> kinds = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      kinds.add(String.valueOf(mishaps.next(request(verb, "/x?page=" + i % 100))));
    }
    return kinds;
  }

  @Test
  void theSeedDecidesWhichRequestsFail() {
    assertThat(kinds(1, "GET")).isEqualTo(kinds(1, "GET")).isNotEqualTo(kinds(2, "GET"));
  }

  @Test
  void theShareThatFailsIsTheOneAskedFor() {
    assertThat(kinds(1, "GET").stream().filter(kind -> !kind.equals("null")).count())
        .isBetween(50L, 110L);
    assertThat(new Mishaps(0, 1).next(request("GET", "/x"))).isNull();
  }

  @Test
  void changesFailOnlyBeforeTheyAreMade() {
    assertThat(kinds(1, "POST"))
        .doesNotContain("TRUNCATED", "GARBLED", "DRIP", "HANG")
        .contains("RESET", "SERVER_ERROR");
  }

  @Test
  void everyRequestFailsWhenAllShall() {
    try (Sandbox sandbox =
            Sandbox.start(Documents.acme(), SandboxOptions.defaults().withFaultRate(1));
        Client client = new Client(sandbox, "someone")) {
      assertThat(client.get("/_sandbox/requests").status()).isEqualTo(200);
      int fine = 0;
      for (int i = 0; i < 12; i++) {
        try {
          Client.Answer answer =
              client.sent("POST", "/api/v1/widgets", Map.of("name", "cog", "colour", "red"));
          fine += answer.status() < 300 ? 1 : 0;
        } catch (IOException _) {
          // a connection that was reset is one of the faults
        }
      }
      assertThat(fine).isZero();
    }
  }

  @Test
  void brokenConnectionsReachTheClient() {
    try (HttpListener listener =
            new HttpListener(
                0,
                request ->
                    HttpResponse.json(200, List.of("some", "body"))
                        .delivered(
                            request.target().equals("/cut")
                                ? HttpResponse.Delivery.TRUNCATED
                                : HttpResponse.Delivery.RESET));
        java.net.http.HttpClient http = java.net.http.HttpClient.newHttpClient()) {
      for (String path : List.of("/cut", "/reset")) {
        var request =
            java.net.http.HttpRequest.newBuilder(
                    java.net.URI.create("http://127.0.0.1:" + listener.port() + path))
                .build();
        assertThatThrownBy(
                () -> http.send(request, java.net.http.HttpResponse.BodyHandlers.ofString()))
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aUserWhoAsksTooOftenIsToldWhenToComeBack() {
    FakeClock clock = new FakeClock();
    try (Sandbox sandbox =
            Sandbox.start(
                Documents.acme(),
                SandboxOptions.defaults()
                    .withClock(clock)
                    .withRateLimit(RateLimit.parse("2/min")));
        Client client = new Client(sandbox, "someone");
        Client other = new Client(sandbox, "somebody else")) {
      Client.Answer first = client.get("/api/v1/widgets");
      assertThat(first.header("X-RateLimit-Limit")).isEqualTo("2");
      assertThat(first.header("X-RateLimit-Remaining")).isEqualTo("1");
      client.get("/api/v1/widgets");
      clock.advance(Duration.ofSeconds(20));
      Client.Answer refused = client.get("/api/v1/widgets");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isEqualTo("40");
      assertThat(other.get("/api/v1/widgets").status()).isEqualTo(200);
      clock.advance(Duration.ofSeconds(40));
      assertThat(client.get("/api/v1/widgets").status()).isEqualTo(200);
    }
  }

  @Test
  void latencyDelaysEveryAnswerButThoseOfTheSandboxItself() {
    try (Sandbox sandbox =
            Sandbox.start(
                Documents.acme(), SandboxOptions.defaults().withLatency(Duration.ofMillis(120)));
        Client client = new Client(sandbox, "someone")) {
      long start = System.nanoTime();
      client.get("/api/v1/settings");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(119));
    }
  }
}
