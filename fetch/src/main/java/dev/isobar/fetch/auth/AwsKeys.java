package dev.isobar.fetch.auth;

import dev.isobar.fetch.auth.Renewing.Held;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/// Fetches keys for AWS, by AWS's library.
///
/// The places are tried in the order of AWS's own tools, with one difference: a place that is
/// configured and fails ends the search, so that an expired login is told as such, and no other
/// account is asked instead.
final class AwsKeys implements Renewing.Source<AwsCredentialsIdentity> {
  /// Where the keys are.
  sealed interface Place permits Fixed, Chain {}

  /// Keys that are there, and a token if they belong to a session.
  record Fixed(String id, String secret, @Nullable String token) implements Place {
    /// Without the secrets: records print their components.
    @Override
    public String toString() {
      return "Fixed";
    }
  }

  /// Where AWS's tools look.
  ///
  /// @param profile the only place, or null
  record Chain(@Nullable String profile, Function<String, @Nullable String> environment)
      implements Place {}

  /// A role to take on with the keys (`aws_assume_role`).
  ///
  /// @param endpoint of the service that gives out roles, or null for AWS's own
  /// @param seconds how long the role's keys are to last, or null for the default
  record Role(
      String arn,
      String session,
      @Nullable String externalId,
      String region,
      @Nullable URI endpoint,
      @Nullable Integer seconds) {}

  private final String provider;
  private final Place place;
  private final @Nullable Role role;
  private final Redaction redaction;

  AwsKeys(String provider, Place place, @Nullable Role role, Redaction redaction) {
    this.provider = provider;
    this.place = place;
    this.role = role;
    this.redaction = redaction;
  }

  /// Whether another fetch may give other keys.
  boolean isRenewable() {
    return role != null || place instanceof Chain;
  }

  @Override
  public Held<AwsCredentialsIdentity> fetch() throws InterruptedException {
    try {
      AwsCredentialsIdentity keys =
          switch (place) {
            case Fixed fixed -> fixed(fixed);
            case Chain chain -> new AwsChain(provider, chain).keys();
          };
      hide(keys);
      Role wanted = role;
      if (wanted != null) {
        keys = assumed(wanted, keys);
        hide(keys);
      }
      return new Held<>(keys, keys.expirationTime().orElse(null));
    } catch (AbortedException e) {
      throw interrupted(e);
    } catch (SdkException e) {
      if (Thread.interrupted()) {
        throw interrupted(e);
      }
      throw failed(e);
    }
  }

  private static InterruptedException interrupted(SdkException e) {
    var interrupted = new InterruptedException();
    interrupted.initCause(e);
    return interrupted;
  }

  private IsobarException failed(SdkException e) {
    boolean refused = e instanceof AwsServiceException answer && answer.statusCode() / 100 == 4;
    return new IsobarException(
        refused || !e.retryable() ? ErrorCode.AUTHENTICATION_FAILED : ErrorCode.REQUEST_FAILED,
        "No keys for `"
            + provider
            + "` could be had"
            + (role == null ? "" : " for the role `" + role.arn() + "`")
            + ": "
            + sentence(e)
            + ".",
        "Check what stands in your AWS configuration, or set `AWS_ACCESS_KEY_ID` and"
            + " `AWS_SECRET_ACCESS_KEY`.");
  }

  private String sentence(SdkException e) {
    String said =
        e instanceof AwsServiceException answer && answer.awsErrorDetails() != null
            ? answer.awsErrorDetails().errorCode() + ": " + answer.awsErrorDetails().errorMessage()
            : String.valueOf(e.getMessage());
    String text = redaction.excerpt(said);
    return "`" + (text.endsWith(".") ? text.substring(0, text.length() - 1) : text) + "`";
  }

  private void hide(AwsCredentialsIdentity keys) {
    redaction.add(keys.secretAccessKey());
    if (keys instanceof AwsSessionCredentialsIdentity session) {
      redaction.add(session.sessionToken());
    }
  }

  private static AwsCredentialsIdentity fixed(Fixed fixed) {
    String token = fixed.token();
    return token == null
        ? AwsCredentialsIdentity.create(fixed.id(), fixed.secret())
        : AwsSessionCredentialsIdentity.create(fixed.id(), fixed.secret(), token);
  }

  private static AwsCredentialsIdentity assumed(Role wanted, AwsCredentialsIdentity keys) {
    AssumeRoleRequest request =
        AssumeRoleRequest.builder()
            .roleArn(wanted.arn())
            .roleSessionName(wanted.session())
            .externalId(wanted.externalId())
            .durationSeconds(wanted.seconds())
            .build();
    try (StsClient sts = sts(wanted.region(), wanted.endpoint(), known(keys))) {
      Credentials given = sts.assumeRole(request).credentials();
      return AwsSessionCredentials.builder()
          .accessKeyId(given.accessKeyId())
          .secretAccessKey(given.secretAccessKey())
          .sessionToken(given.sessionToken())
          .expirationTime(given.expiration())
          .build();
    }
  }

  private static AwsCredentialsProvider known(AwsCredentialsIdentity keys) {
    return keys instanceof AwsSessionCredentialsIdentity session
        ? StaticCredentialsProvider.create(
            AwsSessionCredentials.create(
                session.accessKeyId(), session.secretAccessKey(), session.sessionToken()))
        : StaticCredentialsProvider.create(
            AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey()));
  }

  static StsClient sts(
      String region,
      @Nullable URI endpoint,
      IdentityProvider<? extends AwsCredentialsIdentity> keys) {
    StsClientBuilder builder =
        StsClient.builder()
            .region(Region.of(region))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(keys);
    return endpoint == null ? builder.build() : builder.endpointOverride(endpoint).build();
  }
}
