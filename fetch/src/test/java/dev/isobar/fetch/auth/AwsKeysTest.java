package dev.isobar.fetch.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.testing.FakeCloud;
import dev.isobar.testing.Received;
import dev.isobar.testing.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where keys for AWS come from.
class AwsKeysTest {
  /// As the public registry has it.
  private static final AuthSpec USUAL =
      new AuthSpec(
          "aws_signing_v4",
          Map.of("keyIDenvvar", "AWS_ACCESS_KEY_ID", "credentialsenvvar", "AWS_SECRET_ACCESS_KEY"));

  private final Gate gate = new Gate();

  @TempDir Path home;

  @BeforeEach
  void nothingOfThisMachine() {
    gate.environment.put("HOME", home.toString());
    gate.environment.put("AWS_EC2_METADATA_DISABLED", "true");
  }

  private Signatures.Checked checked(AuthSpec spec, String secret) throws InterruptedException {
    Map<String, String> headers = new HashMap<>(gate.headers(spec));
    headers.put("host", "api.eu-west-1.amazonaws.com");
    return Signatures.check(
        secret, "GET", URI.create("https://api.eu-west-1.amazonaws.com/x"), headers, "");
  }

  private void write(String file, String content) throws IOException {
    Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  @Test
  void theUsualVariablesComeFirst() throws Exception {
    write(".aws/credentials", "[default]\naws_access_key_id=P\naws_secret_access_key=p\n");
    gate.environment.putAll(Map.of("AWS_ACCESS_KEY_ID", "A", "AWS_SECRET_ACCESS_KEY", "a"));
    assertThat(checked(USUAL, "a").keyId()).isEqualTo("A");
    assertThat(gate.headers(USUAL)).doesNotContainKey("x-amz-security-token");
    gate.environment.put("AWS_SESSION_TOKEN", "t");
    assertThat(gate.headers(USUAL)).containsEntry("x-amz-security-token", "t");
    assertThat(gate.credential(USUAL).source())
        .isEqualTo("`AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`");
  }

  @Test
  void halfAKeyIsNoReasonToLookElsewhere() throws Exception {
    write(".aws/credentials", "[default]\naws_access_key_id=P\naws_secret_access_key=p\n");
    gate.environment.put("AWS_ACCESS_KEY_ID", "A");
    assertThatThrownBy(() -> gate.credential(USUAL))
        .hasMessage("`acme` needs a credential, and `AWS_SECRET_ACCESS_KEY` is not set.");
  }

  @Test
  void otherNamesAreUsedAsTheyAreNamed(@TempDir Path folder) throws Exception {
    gate.environment.putAll(
        Map.of(
            "AWS_ACCESS_KEY_ID", "A",
            "AWS_SECRET_ACCESS_KEY", "a",
            "AWS_SESSION_TOKEN", "t",
            "MY_ID", "M"));
    AuthSpec named =
        new AuthSpec(
            "aws_signing_v4", Map.of("keyIDenvvar", "MY_ID", "credentialsenvvar", "MY_SECRET"));
    assertThatThrownBy(() -> gate.credential(named)).hasMessageContaining("`MY_SECRET` is not set");
    gate.environment.put("MY_SECRET", "m");
    assertThat(checked(named, "m").keyId()).isEqualTo("M");
    assertThat(gate.headers(named)).doesNotContainKey("x-amz-security-token");
    Files.writeString(folder.resolve("secret"), "f\n");
    AuthSpec file =
        new AuthSpec(
            "aws_signing_v4",
            Map.of("keyID", "F", "credentialsfilepath", folder.resolve("secret").toString()));
    assertThat(checked(file, "f").keyId()).isEqualTo("F");
  }

  @Test
  void aProfileHoldsKeys() throws Exception {
    write(
        ".aws/credentials",
        """
        [default]
        aws_access_key_id=P
        aws_secret_access_key=p
        [dev]
        aws_access_key_id=D
        aws_secret_access_key=d
        aws_session_token=dt
        """);
    assertThat(checked(USUAL, "p").keyId()).isEqualTo("P");
    gate.environment.put("AWS_PROFILE", "dev");
    assertThat(checked(USUAL, "d").keyId()).isEqualTo("D");
    assertThat(gate.headers(USUAL)).containsEntry("x-amz-security-token", "dt");
    gate.environment.put("AWS_PROFILE", "none");
    assertThatThrownBy(() -> gate.headers(USUAL))
        .hasMessageContaining("AWS's files have no profile `none`");
    AuthSpec chosen = new AuthSpec("aws_signing_v4", Map.of("profile", "dev"));
    gate.environment.putAll(Map.of("AWS_ACCESS_KEY_ID", "A", "AWS_SECRET_ACCESS_KEY", "a"));
    assertThat(checked(chosen, "d").keyId()).isEqualTo("D");
  }

  @Test
  void aProfilesProgramGivesKeysThatExpire() throws Exception {
    Path program = home.resolve("keys");
    Files.writeString(
        program,
        "#!/bin/sh\necho x >>"
            + home.resolve("runs")
            + "\necho '{\"Version\":1,\"AccessKeyId\":\"C\",\"SecretAccessKey\":\"c\","
            + "\"SessionToken\":\"ct\",\"Expiration\":\"2026-05-01T13:00:00Z\"}'\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    write(".aws/config", "[default]\ncredential_process = " + program + "\n");
    assertThat(checked(USUAL, "c").keyId()).isEqualTo("C");
    gate.now = Gate.START.plus(Duration.ofMinutes(57));
    gate.headers(USUAL);
    assertThat(Files.readAllLines(home.resolve("runs"))).hasSize(1);
    gate.now = Gate.START.plus(Duration.ofMinutes(59));
    gate.headers(USUAL);
    assertThat(Files.readAllLines(home.resolve("runs"))).hasSize(2);
  }

  @Test
  void anExpiredLoginIsToldAndNothingElseTried() throws Exception {
    write(
        ".aws/config",
        """
        [default]
        sso_session = work
        sso_account_id = 123456789012
        sso_role_name = Reader
        [sso-session work]
        sso_start_url = https://work.example/start
        sso_region = eu-west-1
        """);
    assertThatThrownBy(() -> gate.headers(USUAL))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED);
              assertThat(e.text()).contains("No keys for `acme` could be had");
            });
  }

  @Test
  void namesWhatToSetWhereThereIsNothing() {
    assertThatThrownBy(() -> gate.headers(USUAL))
        .hasMessageContaining("`AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` are not set");
  }

  private static Reply keys(String action, String id) {
    String result =
        "<%1$sResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><%1$sResult><Credentials><AccessKeyId>%2$s</AccessKeyId><SecretAccessKey>secret of %2$s</SecretAccessKey><SessionToken>token of %2$s</SessionToken><Expiration>2026-05-01T13:00:00Z</Expiration></Credentials></%1$sResult></%1$sResponse>"
            .formatted(action, id);
    return Reply.status(200)
        .header("Content-Type", "text/xml")
        .body(result.getBytes(StandardCharsets.UTF_8));
  }

  private static AuthSpec role(FakeCloud sts) {
    return new AuthSpec(
        "aws_assume_role",
        Map.of(
            "aws_role_arn_env_var", "ROLE",
            "aws_role_external_id", "ext",
            "aws_role_duration_seconds", 900,
            "aws_sts_region", "eu-west-2",
            "aws_sts_endpoint", sts.uri().toString()));
  }

  @Test
  void aRoleIsTakenOnAndRenewed() throws Exception {
    try (var sts = FakeCloud.start(request -> keys("AssumeRole", "R" + request.number()))) {
      gate.environment.putAll(Map.of("AWS_ACCESS_KEY_ID", "A", "AWS_SECRET_ACCESS_KEY", "a"));
      assertThatThrownBy(() -> gate.credential(role(sts)))
          .hasMessageContaining("`ROLE` is not set");
      gate.environment.put("ROLE", "arn:aws:iam::1:role/reader");
      assertThat(checked(role(sts), "secret of R1").keyId()).isEqualTo("R1");
      assertThat(gate.headers(role(sts))).containsEntry("x-amz-security-token", "token of R1");
      Received asked = sts.received().getFirst();
      assertThat(asked.body())
          .contains(
              "Action=AssumeRole",
              "RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Freader",
              "RoleSessionName=isobar",
              "ExternalId=ext",
              "DurationSeconds=900");
      Map<String, String> headers = new TreeMap<>();
      asked.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
      assertThat(
              Signatures.check("a", "POST", URI.create(sts.uri() + "/"), headers, asked.body())
                  .region())
          .isEqualTo("eu-west-2");
      gate.now = Gate.START.plus(Duration.ofMinutes(59));
      assertThat(checked(role(sts), "secret of R2").keyId()).isEqualTo("R2");
      assertThat(sts.received()).hasSize(2);
    }
  }

  @Test
  void aRefusedRoleIsToldInAwssWordsWithoutTheSecret() {
    gate.environment.putAll(
        Map.of(
            "AWS_ACCESS_KEY_ID", "A",
            "AWS_SECRET_ACCESS_KEY", "c4nary",
            "ROLE", "arn:aws:iam::1:role/reader"));
    try (var sts =
        FakeCloud.start(_ ->
            Reply.status(403)
                .header("Content-Type", "text/xml")
                .body(
                    "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not with c4nary</Message></Error></ErrorResponse>"
                        .getBytes(StandardCharsets.UTF_8)))) {
      assertThatThrownBy(() -> gate.headers(role(sts)))
          .isInstanceOfSatisfying(
              IsobarException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED);
                assertThat(e.text())
                    .contains("the role `arn:aws:iam::1:role/reader`", "AccessDenied: not with ***")
                    .doesNotContain("c4nary");
              });
    }
  }

  @Test
  void aWebIdentityTakesOnItsRole() throws Exception {
    Files.writeString(home.resolve("token"), "web token");
    try (var sts = FakeCloud.start(_ -> keys("AssumeRoleWithWebIdentity", "W"))) {
      gate.environment.putAll(
          Map.of(
              "AWS_WEB_IDENTITY_TOKEN_FILE", home.resolve("token").toString(),
              "AWS_ROLE_ARN", "arn:aws:iam::1:role/pod",
              "AWS_ENDPOINT_URL_STS", sts.uri().toString()));
      assertThat(checked(USUAL, "secret of W").keyId()).isEqualTo("W");
      assertThat(sts.received().getFirst().body()).contains("WebIdentityToken=web+token");
      assertThat(sts.received().getFirst().header("Authorization")).isNull();
    }
  }

  @Test
  void theMachinesOwnKeysComeLast() throws Exception {
    gate.environment.put("AWS_EC2_METADATA_DISABLED", "false");
    try (var machine =
        FakeCloud.start(request ->
            switch (request.path()) {
              case "/latest/api/token" ->
                  Reply.status(200).body("imds".getBytes(StandardCharsets.UTF_8));
              case "/latest/meta-data/iam/security-credentials-extended/",
                  "/latest/meta-data/iam/security-credentials/" ->
                  Reply.status(200).body("box".getBytes(StandardCharsets.UTF_8));
              default ->
                  Reply.json(
                      """
                      {"Code":"Success","AccessKeyId":"I","SecretAccessKey":"i","Token":"it",
                       "Expiration":"2099-05-01T13:00:00Z","LastUpdated":"2026-05-01T12:00:00Z"}
                      """);
            })) {
      gate.environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", machine.uri().toString());
      assertThat(checked(USUAL, "i").keyId()).isEqualTo("I");
    }
  }
}
