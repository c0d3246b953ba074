package dev.isobar.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Method.CredentialUse;
import dev.isobar.catalog.Pagination;
import dev.isobar.testing.FakeCloud;
import dev.isobar.testing.Received;
import dev.isobar.testing.Reply;
import dev.isobar.testing.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Signatures as they go over the wire: each request has its own.
class SignedRequestsTest {
  private static final AuthSpec AWS = new AuthSpec("aws_signing_v4", Map.of());

  private static Samples.MethodBuilder list() {
    return Samples.method("list", "/things").credential(CredentialUse.REQUIRED);
  }

  private static Fixture aws(FakeCloud.Handler handler) {
    var fixture = new Fixture(handler);
    fixture.auth = AWS;
    fixture.environment.putAll(
        Map.of(
            "AWS_ACCESS_KEY_ID", "AKID",
            "AWS_SECRET_ACCESS_KEY", "c4nary secret",
            "AWS_SESSION_TOKEN", "c4nary token"));
    return fixture;
  }

  private static List<String> signatures(Fixture fixture) {
    return fixture.cloud.received().stream()
        .map(request -> String.valueOf(request.header("Authorization")))
        .map(text -> text.substring(text.indexOf("Signature=")))
        .toList();
  }

  @Test
  void theNextPageAndAnotherAttemptAreSignedAnew() throws Exception {
    Method method =
        list()
            .rowsAt("$.items")
            .paged(
                Samples.tokens(
                    "next", Pagination.Location.QUERY, "$.next", Pagination.Location.BODY))
            .build();
    try (var fixture =
        aws(request ->
            switch (request.number()) {
              case 1 -> Reply.json("{\"items\":[{\"id\":1}],\"next\":\"b c\"}");
              case 2 -> Reply.status(503).header("Retry-After", "2");
              default -> Reply.json("{\"items\":[{\"id\":2}]}");
            })) {
      assertThat(fixture.read(fixture.ids(method)).first()).containsExactly(1L, 2L);
      assertThat(signatures(fixture)).hasSize(3).doesNotHaveDuplicates();
      assertThat(fixture.cloud.received())
          .allMatch(request -> "c4nary token".equals(request.header("X-Amz-Security-Token")));
    }
  }

  @Test
  void aRedirectToTheSameHostIsSignedAnewAndAnotherHostGetsNothing() throws Exception {
    try (var other = FakeCloud.start(_ -> Reply.json("[]"));
        var fixture =
            aws(request ->
                request.path().equals("/things")
                    ? Reply.status(307).header("Location", "/elsewhere")
                    : Reply.status(307).header("Location", other.uri() + "/there"))) {
      fixture.read(fixture.ids(list().build()));
      assertThat(signatures(fixture)).hasSize(2).doesNotHaveDuplicates();
      Received stranger = other.received().getFirst();
      assertThat(stranger.headers().keySet())
          .doesNotContain("Authorization", "X-Amz-Security-Token", "X-Amz-Date");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"__type\":\"RequestTimeTooSkewed\"}",
        "{\"__type\":\"InvalidSignatureException\",\"message\":\"Signature not yet current\"}",
        "<Error><Code>SignatureDoesNotMatch</Code><Message>Signature expired</Message></Error>"
      })
  void aClockThatIsWrongIsSetByTheApisOnce(String answer) throws Exception {
    FakeCloud.Handler handler =
        request ->
            "20260501T140000Z".equals(request.header("X-Amz-Date"))
                ? Reply.json("[]")
                : Reply.json(403, answer).header("Date", "Fri, 01 May 2026 14:00:00 GMT");
    try (var fixture = aws(handler)) {
      fixture.read(fixture.ids(list().build()));
      fixture.read(fixture.ids(list().build()));
      assertThat(fixture.cloud.received())
          .extracting(request -> request.header("X-Amz-Date"))
          .containsExactly("20260501T120000Z", "20260501T140000Z", "20260501T140000Z");
    }
    try (var fixture =
        aws(_ -> Reply.json(403, answer).header("Date", "Fri, 01 May 2026 14:00:00 GMT"))) {
      assertThatThrownBy(() -> fixture.read(fixture.ids(list().build())))
          .hasMessageContaining("with the credential in `AWS_ACCESS_KEY_ID`");
      assertThat(fixture.cloud.received()).hasSize(2);
    }
  }

  @Test
  void aWrongSignatureIsNotTheClocksFaultWhereTheClocksAgree() {
    try (var fixture =
        aws(_ ->
            Reply.json(403, "{\"message\":\"SignatureDoesNotMatch c4nary secret\"}")
                .header("Date", "Fri, 01 May 2026 12:01:00 GMT"))) {
      assertThatThrownBy(() -> fixture.read(fixture.ids(list().build())))
          .hasMessageContaining("SignatureDoesNotMatch ***");
      assertThat(fixture.cloud.received()).hasSize(1);
    }
  }

  @Test
  void keysOfARoleThatExpiredAreFetchedAnew() throws Exception {
    try (var sts = FakeCloud.start(SignedRequestsTest::role);
        var fixture =
            aws(request ->
                "token 1".equals(request.header("X-Amz-Security-Token"))
                    ? Reply.json(400, "{\"__type\":\"ExpiredTokenException\"}")
                    : Reply.json("[]"))) {
      fixture.auth =
          new AuthSpec(
              "aws_assume_role",
              Map.of("aws_role_arn", "arn:x", "aws_sts_endpoint", sts.uri().toString()));
      fixture.read(fixture.ids(list().build()));
      assertThat(fixture.cloud.received())
          .extracting(request -> request.header("X-Amz-Security-Token"))
          .containsExactly("token 1", "token 2");
    }
  }

  private static Reply role(Received request) {
    String answer =
        "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>R</AccessKeyId><SecretAccessKey>r</SecretAccessKey><SessionToken>token %d</SessionToken><Expiration>2026-05-01T13:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"
            .formatted(request.number());
    return Reply.status(200)
        .header("Content-Type", "text/xml")
        .body(answer.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
