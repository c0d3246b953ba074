package dev.isobar.fetch.auth;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;

/// Looks for keys where AWS's own tools do, apart from the variables that hold keys themselves: a
/// web identity, a profile (with its roles, processes and single sign-on), the container, the
/// machine.
///
/// The library's own chain would read the process's variables and none but those. The containers'
/// place is the one that it reads by itself here.
final class AwsChain {
  private final String provider;
  private final AwsKeys.Chain chain;

  AwsChain(String provider, AwsKeys.Chain chain) {
    this.provider = provider;
    this.chain = chain;
  }

  AwsCredentialsIdentity keys() {
    String profile = chain.profile();
    if (profile != null) {
      return ofProfile(profile, profiles());
    }
    String tokenFile = variable("AWS_WEB_IDENTITY_TOKEN_FILE");
    String role = variable("AWS_ROLE_ARN");
    if (tokenFile != null && role != null) {
      return ofWebIdentity(tokenFile, role);
    }
    String chosen = variable("AWS_PROFILE");
    ProfileFile profiles = profiles();
    if (chosen != null) {
      return ofProfile(chosen, profiles);
    }
    if (profiles.profile("default").filter(AwsChain::holdsKeys).isPresent()) {
      return ofProfile("default", profiles);
    }
    if (variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") != null
        || variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") != null) {
      try (var container = ContainerCredentialsProvider.builder().build()) {
        return container.resolveCredentials();
      }
    }
    return ofMachine();
  }

  /// Whether the profile says anything about keys, and not only about regions and the like.
  private static boolean holdsKeys(Profile profile) {
    return profile.properties().keySet().stream()
        .anyMatch(key ->
            key.equals("aws_access_key_id")
                || key.equals("role_arn")
                || key.equals("credential_process")
                || key.equals("credential_source")
                || key.equals("web_identity_token_file")
                || key.startsWith("sso_"));
  }

  private AwsCredentialsIdentity ofProfile(String name, ProfileFile profiles) {
    if (profiles.profile(name).isEmpty()) {
      throw new IsobarException(
          ErrorCode.AUTHENTICATION_FAILED,
          "`" + provider + "` needs a credential, and AWS's files have no profile `" + name + "`.",
          "Add it to ~/.aws/config, or name another with AWS_PROFILE.");
    }
    try (var provider =
        ProfileCredentialsProvider.builder().profileFile(profiles).profileName(name).build()) {
      return provider.resolveCredentials();
    }
  }

  private ProfileFile profiles() {
    ProfileFile.Aggregator all = ProfileFile.aggregator();
    // Where both have a profile, the keys' own file wins.
    addFile(all, "AWS_SHARED_CREDENTIALS_FILE", "credentials", ProfileFile.Type.CREDENTIALS);
    addFile(all, "AWS_CONFIG_FILE", "config", ProfileFile.Type.CONFIGURATION);
    return all.build();
  }

  private void addFile(
      ProfileFile.Aggregator all, String variable, String name, ProfileFile.Type type) {
    String named = variable(variable);
    String home = variable("HOME");
    Path file =
        named != null
            ? Path.of(named)
            : Path.of(home == null ? System.getProperty("user.home") : home, ".aws", name);
    if (Files.isReadable(file)) {
      all.addFile(ProfileFile.builder().content(file).type(type).build());
    }
  }

  private AwsCredentialsIdentity ofWebIdentity(String tokenFile, String role) {
    String region = variable("AWS_REGION");
    String endpoint = variable("AWS_ENDPOINT_URL_STS");
    String session = variable("AWS_ROLE_SESSION_NAME");
    try (StsClient sts =
            AwsKeys.sts(
                region == null ? "us-east-1" : region,
                endpoint == null ? null : URI.create(endpoint),
                AnonymousCredentialsProvider.create());
        var provider =
            StsWebIdentityTokenFileCredentialsProvider.builder()
                .stsClient(sts)
                .roleArn(role)
                .roleSessionName(session == null ? "isobar" : session)
                .webIdentityTokenFile(Path.of(tokenFile))
                .build()) {
      return provider.resolveCredentials();
    }
  }

  private AwsCredentialsIdentity ofMachine() {
    boolean asked = !"true".equalsIgnoreCase(variable("AWS_EC2_METADATA_DISABLED"));
    if (asked) {
      var builder = InstanceProfileCredentialsProvider.builder();
      String endpoint = variable("AWS_EC2_METADATA_SERVICE_ENDPOINT");
      if (endpoint != null) {
        builder.endpoint(endpoint);
      }
      try (var machine = builder.build()) {
        return machine.resolveCredentials();
      } catch (SdkException e) {
        // Not a machine of AWS's, most likely: told below as what it means.
      }
    }
    throw new IsobarException(
        ErrorCode.AUTHENTICATION_FAILED,
        "`"
            + provider
            + "` needs a credential, and `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` are not"
            + " set, and neither AWS's files nor this machine have any.",
        "Set them, choose a profile with AWS_PROFILE, log in with `aws sso login`, or use --auth;"
            + " --sandbox needs none.");
  }

  private @Nullable String variable(String name) {
    return chain.environment().apply(name);
  }
}
