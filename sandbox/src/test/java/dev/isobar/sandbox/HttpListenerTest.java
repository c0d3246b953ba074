package dev.isobar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HttpListenerTest {
  private static HttpListener echo() {
    return new HttpListener(
        0,
        request ->
            HttpResponse.json(
                200,
                List.of(
                    request.verb(),
                    request.target(),
                    new String(request.body(), StandardCharsets.UTF_8))));
  }

  /// Everything that comes back until the connection ends.
  private static String say(String text) throws IOException {
    try (HttpListener listener = echo();
        Socket socket =
            new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), listener.port())) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void oneConnectionCarriesManyRequests() throws IOException {
    String answer =
        say("GET /a HTTP/1.1\r\nHost: x\r\n\r\n\r\nGET /b HTTP/1.1\r\nConnection: close\r\n\r\n");
    assertThat(answer).contains("[\"GET\",\"/a\",\"\"]").contains("[\"GET\",\"/b\",\"\"]");
  }

  @Test
  void bodiesComeWithALengthOrInChunks() throws IOException {
    assertThat(say("POST / HTTP/1.1\r\nContent-Length: 4\r\nConnection: close\r\n\r\nhühott"))
        .contains("\"hüh\"");
    assertThat(
            say(
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                    .concat("2\r\nho\r\n3;x=y\r\ntte\r\n0\r\n\r\n")))
        .contains("\"hotte\"");
  }

  @Test
  void clientsThatAskMaySendTheirBody() throws IOException {
    assertThat(
            say(
                "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n"
                    .concat("Connection: close\r\n\r\nok")))
        .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")
        .contains("\"ok\"");
  }

  @Test
  void nonsenseEndsTheConnection() throws IOException {
    assertThat(say("hello\r\n\r\n")).isEmpty();
    assertThat(say("POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n")).isEmpty();
  }

  @Test
  void aHeadResponseHasALengthButNoBody() throws IOException {
    assertThat(say("HEAD /a HTTP/1.1\r\nConnection: close\r\n\r\n"))
        .contains("Content-Length: 16\r\n")
        .endsWith("\r\n\r\n");
  }

  @Test
  void aTakenPortIsAConfigurationMistake() {
    try (HttpListener listener = echo()) {
      assertThatThrownBy(() -> new HttpListener(listener.port(), _ -> HttpResponse.empty(200)))
          .isInstanceOf(IsobarException.class)
          .hasMessageContaining("cannot listen on port");
    }
  }
}
