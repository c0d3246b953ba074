package dev.isobar.fetch.auth;

import dev.isobar.catalog.AuthSpec;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the keys for AWS's signatures are: in the variables or files that the authentication
/// names, else where AWS's own tools look for them.
///
/// `AWS_SESSION_TOKEN` belongs to `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` and goes with
/// them. Keys that were given other names are used as they are named, whatever those variables
/// hold: another account must not be asked unnoticed.
final class AwsAuthentication {
  private static final String KEY_ID = "AWS_ACCESS_KEY_ID";
  private static final String SECRET = "AWS_SECRET_ACCESS_KEY";
  private static final String SESSION_TOKEN = "AWS_SESSION_TOKEN";

  /// What the places depend on where AWS's tools look.
  private static final List<String> VARIABLES =
      List.of(
          "AWS_PROFILE",
          "AWS_CONFIG_FILE",
          "AWS_SHARED_CREDENTIALS_FILE",
          "AWS_WEB_IDENTITY_TOKEN_FILE",
          "AWS_ROLE_ARN",
          "AWS_ROLE_SESSION_NAME",
          "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
          "AWS_CONTAINER_CREDENTIALS_FULL_URI",
          "AWS_EC2_METADATA_DISABLED",
          "AWS_EC2_METADATA_SERVICE_ENDPOINT",
          "AWS_ENDPOINT_URL_STS",
          "AWS_REGION");

  private AwsAuthentication() {}

  static void add(Search search, String provider, AuthSpec spec, InstantSource clock) {
    AwsKeys.@Nullable Place place = place(search, spec);
    AwsKeys.@Nullable Role role =
        spec.type().equals("aws_assume_role") ? role(search, provider, spec) : null;
    if (place == null || !search.missing().isEmpty()) {
      return;
    }
    search.part(redaction -> new AwsSigning(new AwsKeys(provider, place, role, redaction), clock));
  }

  private static AwsKeys.@Nullable Place place(Search search, AuthSpec spec) {
    String profile = search.optional(spec, "profile", "profile_env_var");
    if (profile != null) {
      search.source("the profile `" + profile + "`");
      return chain(search, profile);
    }
    String idVariable = spec.setting("keyIDenvvar");
    String secretVariable = spec.setting("credentialsenvvar");
    boolean usual =
        (idVariable == null || idVariable.equals(KEY_ID))
            && (secretVariable == null || secretVariable.equals(SECRET))
            && spec.setting("keyID") == null
            && spec.setting("credentialsfilepath") == null
            && spec.setting("credentialsfilepathenvvar") == null;
    if (!usual) {
      String id = search.required(spec, "keyID", "keyIDenvvar");
      String secret = search.content(spec);
      String token = search.optional(spec, "session_token", "session_token_env_var");
      return id == null || secret == null ? null : fixed(search, id, secret, token);
    }
    String id = search.read(KEY_ID);
    String secret = search.read(SECRET);
    if (id == null && secret == null) {
      search.source("AWS's credential chain");
      return chain(search, null);
    }
    if (id == null || secret == null) {
      search.missVariable(id == null ? KEY_ID : SECRET);
      return null;
    }
    search.source("`" + KEY_ID + "`");
    search.source("`" + SECRET + "`");
    String token = search.read(SESSION_TOKEN);
    if (token != null) {
      search.source("`" + SESSION_TOKEN + "`");
    }
    return fixed(search, id, secret, token);
  }

  private static AwsKeys.Place fixed(
      Search search, String id, String secret, @Nullable String token) {
    search.input(id);
    search.secret(secret);
    if (token != null) {
      search.secret(token);
    }
    return new AwsKeys.Fixed(id, secret, token);
  }

  private static AwsKeys.Place chain(Search search, @Nullable String profile) {
    search.leaveOpen();
    VARIABLES.forEach(variable -> search.input(String.valueOf(search.read(variable))));
    return new AwsKeys.Chain(profile, search::read);
  }

  private static AwsKeys.@Nullable Role role(Search search, String provider, AuthSpec spec) {
    String arn = search.required(spec, "aws_role_arn", "aws_role_arn_env_var");
    String externalId =
        search.optional(spec, "aws_role_external_id", "aws_role_external_id_env_var");
    String session = spec.setting("aws_role_session_name");
    String region = spec.setting("aws_sts_region");
    String endpoint = spec.setting("aws_sts_endpoint");
    String seconds = spec.setting("aws_role_duration_seconds");
    if (seconds != null && !seconds.matches("\\d{1,6}")) {
      throw TokenUrl.wrong(
          provider,
          "`" + seconds + "` is no `aws_role_duration_seconds`",
          "Give a number from 900 to 43200.");
    }
    if (arn != null) {
      search.principal(arn);
    }
    return arn == null
        ? null
        : new AwsKeys.Role(
            arn,
            session == null ? "isobar" : session,
            externalId,
            region == null ? "us-east-1" : region,
            endpoint == null ? null : TokenUrl.checked(provider, endpoint),
            seconds == null ? null : Integer.valueOf(seconds));
  }
}
