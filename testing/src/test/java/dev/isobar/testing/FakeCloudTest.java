package dev.isobar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class FakeCloudTest {
  private static String get(FakeCloud cloud, String target) throws IOException {
    return send(cloud.uri(), "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  }

  private static String send(URI uri, String request) throws IOException {
    try (var socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void remembersWhatItWasAsked() throws Exception {
    BlockingQueue<Received> asked = new LinkedBlockingQueue<>();
    try (var cloud =
        FakeCloud.start(request -> {
          asked.add(request);
          return Reply.silence();
        })) {
      send(
          cloud.uri(),
          "POST /a%20b?x=1%2B1&y HTTP/1.1\r\nX-One: two\r\nContent-Length: 2\r\n\r\n{}");
      Received request = asked.take();
      assertThat(request.path()).isEqualTo("/a%20b");
      assertThat(request.query()).containsEntry("x", "1+1").containsEntry("y", "");
      assertThat(request.header("x-one")).isEqualTo("two");
      assertThat(request.body()).isEqualTo("{}");
      assertThat(cloud.received()).containsExactly(request);
    }
  }

  @Test
  void tellsWhenAClientThatWaitsHasGone() throws Exception {
    BlockingQueue<Received> asked = new LinkedBlockingQueue<>();
    CountDownLatch never = new CountDownLatch(1);
    try (var cloud =
        FakeCloud.start(request -> {
          asked.add(request);
          return Reply.json("1").after(never);
        })) {
      Socket client = new Socket(cloud.uri().getHost(), cloud.uri().getPort());
      client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      Received request = asked.take();
      client.close();
      request.closed().await();
    }
  }

  @Test
  void servesNumberedPages() throws Exception {
    Numbered things = new Numbered(List.of("1", "2", "3"), 2);
    try (var cloud =
        FakeCloud.start(request -> {
          Reply page = things.reply(request);
          // The client reads until the connection closes.
          return page.truncatedAfter(1000);
        })) {
      assertThat(get(cloud, "/things?page=2"))
          .startsWith("HTTP/1.1 200 ")
          .endsWith("\r\n\r\n{\"data\":[3],\"page\":2,\"pages\":2,\"results\":3}");
      assertThat(get(cloud, "/things?page=3")).startsWith("HTTP/1.1 404 ");
    }
  }
}
