package dev.isobar.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.plan.Call;
import dev.isobar.plan.Request;
import dev.isobar.testing.FakeCloud;
import dev.isobar.testing.Received;
import dev.isobar.testing.Reply;
import dev.isobar.testing.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallTest {
  private static Call call(
      Fixture fixture, String verb, String url, boolean idempotent, String... objectKey) {
    var method = Samples.method("createThing", "/things").verb(verb);
    if (objectKey.length > 0) {
      method.rowsAt(objectKey[0]);
    }
    return new Call(
        fixture.provider(),
        Fixture.THINGS,
        method.build(),
        new Request(
            verb,
            url,
            List.of(new Request.Pair("a", "b&c")),
            List.of(
                new Request.Pair("Accept", "application/json"),
                new Request.Pair("Content-Type", "application/json")),
            "{\"label\":\"é\"}"),
        idempotent);
  }

  private static Answer answer(Reply reply, String... objectKey) throws InterruptedException {
    try (var fixture = new Fixture(_ -> reply)) {
      return fixture.fetcher.call(
          call(fixture, "POST", fixture.cloud.uri() + "/things", false, objectKey));
    }
  }

  @Test
  void sendsTheRequestAsPlanned() throws Exception {
    try (var fixture = new Fixture(_ -> Reply.json(201, "{\"id\":1}"))) {
      fixture.fetcher.call(call(fixture, "POST", fixture.cloud.uri() + "/things", false));
      Received request = fixture.cloud.received().getFirst();
      assertThat(request.verb()).isEqualTo("POST");
      assertThat(request.target()).isEqualTo("/things?a=b%26c");
      assertThat(request.body()).isEqualTo("{\"label\":\"é\"}");
      assertThat(request.header("Accept")).isEqualTo("application/json");
      assertThat(request.header("Content-Type")).isEqualTo("application/json");
      assertThat(request.header("User-Agent")).startsWith("isobar/");
    }
  }

  @Test
  void givesTheRowsOfTheAnswer() throws Exception {
    Map<String, Object> thing = Map.of("id", 1L);
    assertThat(answer(Reply.json(201, "{\"id\":1}")))
        .isEqualTo(new Answer(201, thing, List.of(thing)));
    assertThat(answer(Reply.json("{\"data\":[{\"id\":1}]}"), "$.data").rows())
        .containsExactly(thing);
    assertThat(answer(Reply.json("{\"id\":1}"), "$.data").rows()).containsExactly(thing);
    String zones =
        "{\"items\":{\"zones/a\":{\"disks\":[{\"id\":1}]},\"zones/b\":{\"warning\":{}}}}";
    assertThat(answer(Reply.json(zones), "$.items[*].disks[*]").rows()).containsExactly(thing);
    assertThat(answer(Reply.json("{\"items\":{}}"), "$.items[*].disks[*]").rows()).isEmpty();
    assertThat(answer(Reply.json("{\"id\":1}"), "$.items[*].disks[*]").rows())
        .containsExactly(thing);
    assertThat(answer(Reply.json("[{\"id\":1}]"), "$[*]").rows()).containsExactly(thing);
    assertThat(answer(Reply.status(204))).isEqualTo(new Answer(204, null, List.of()));
    assertThat(answer(Reply.json("done")).body()).isEqualTo("done");
  }

  @Test
  void repeatsTheApisOwnWords() {
    try (var fixture =
        new Fixture(_ ->
            Reply.json(400, "{\"errors\":[{\"field\":\"otp_code\",\"reason\":\"is wrong\"}]}"))) {
      assertThatThrownBy(() ->
              fixture.fetcher.call(call(fixture, "POST", fixture.cloud.uri() + "/things", false)))
          .hasMessage(
              "`createThing` of `acme.core.things` failed: the API answered 400 Bad Request:"
                  + " `otp_code: is wrong`.")
          .extracting(e -> ((IsobarException) e).code())
          .isEqualTo(ErrorCode.REQUEST_FAILED);
    }
  }

  /// How often the cloud was asked, and what became of it.
  private static String outcome(String verb, boolean idempotent, FakeCloud.Handler handler)
      throws InterruptedException {
    try (var fixture = new Fixture(handler)) {
      String text;
      try {
        text =
            fixture
                .fetcher
                .call(call(fixture, verb, fixture.cloud.uri() + "/things", idempotent))
                .toString();
      } catch (IsobarException e) {
        text = e.text();
      }
      return fixture.cloud.received().size() + " " + text;
    }
  }

  @Test
  void aChangeThatMayHaveBeenAppliedIsNotSentAgain() throws Exception {
    assertThat(outcome("POST", false, _ -> Reply.status(500)))
        .startsWith("1 ")
        .endsWith("500 Internal Server Error; the change may have been applied all the same.");
    assertThat(outcome("POST", false, _ -> Reply.reset()))
        .startsWith("1 ")
        .endsWith("was lost; the change may have been applied all the same.");
    assertThat(outcome("POST", false, _ -> Reply.json("{\"id\":1}").truncatedAfter(3)))
        .startsWith("1 ")
        .endsWith("the change may have been applied all the same.");
    assertThat(outcome("POST", false, _ -> Reply.status(429)))
        .startsWith("1 ")
        .endsWith("the API asks for fewer requests.");
  }

  @Test
  void aChangeThatWasCertainlyNotAppliedIsSentAgain() throws Exception {
    assertThat(
            outcome(
                "POST",
                false,
                request ->
                    request.number() == 1
                        ? Reply.status(429).header("Retry-After", "1")
                        : Reply.status(204)))
        .startsWith("2 Answer");
  }

  @Test
  void aConnectionThatIsRefusedIsTriedAgain() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (var fixture = new Fixture(_ -> Reply.status(500))) {
      assertThatThrownBy(() ->
              fixture.fetcher.call(
                  call(fixture, "POST", "http://127.0.0.1:" + port + "/things", false)))
          .hasMessageEndingWith("refused the connection (5 attempts).");
    }
  }

  @Test
  void anIdempotentChangeIsSentAgain() throws Exception {
    assertThat(
            outcome(
                "PUT",
                true,
                request -> request.number() < 3 ? Reply.status(503) : Reply.status(204)))
        .startsWith("3 Answer");
  }

  @Test
  void saysWhenAnEarlierAttemptMayHaveBeenTheOneThatWorked() throws Exception {
    assertThat(
            outcome(
                "DELETE",
                true,
                request -> request.number() == 1 ? Reply.reset() : Reply.json(404, "{}")))
        .startsWith("2 ")
        .endsWith("an earlier attempt got no clear answer, and may have been applied.");
  }

  @Test
  void aRedirectedChangeIsNotSentElsewhere() throws Exception {
    try (var other = FakeCloud.start(_ -> Reply.status(204))) {
      assertThat(
              outcome(
                  "POST",
                  false,
                  _ -> Reply.status(307).header("Location", other.uri() + "/things")))
          .contains("the API answered 307");
      assertThat(other.received()).isEmpty();
    }
  }
}
