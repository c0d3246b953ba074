package dev.isobar.fetch.auth;

import dev.isobar.plan.Request;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// Signs requests as AWS wants it (Signature Version 4), by AWS's library.
final class AwsSigning implements Authentication {
  /// What the signature itself brings, whatever the request says.
  private static final Set<String> OWN =
      Set.of(
          "authorization",
          "host",
          "x-amz-date",
          "x-amz-security-token",
          "x-amz-content-sha256",
          "x-amz-algorithm",
          "x-amz-credential",
          "x-amz-signedheaders",
          "x-amz-signature");

  private static final Pattern WRONG_TIME =
      Pattern.compile(
          "RequestTimeTooSkewed|RequestExpired|RequestInTheFuture|InvalidSignatureException"
              + "|SignatureDoesNotMatch|AuthFailure|[Ss]ignature expired"
              + "|[Ss]ignature not yet current");
  private static final Pattern EXPIRED = Pattern.compile("ExpiredToken|TokenRefreshRequired");

  /// AWS allows five minutes, or fifteen.
  private static final Duration SKEW = Duration.ofMinutes(4);

  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final boolean renewable;
  private final Renewing<AwsCredentialsIdentity> keys;
  private final InstantSource clock;

  /// By how much the API's clock is ahead of ours, as far as it has told.
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  AwsSigning(AwsKeys source, InstantSource clock) {
    this.renewable = source.isRenewable();
    this.keys = new Renewing<>(source, clock);
    this.clock = clock;
  }

  @Override
  public List<Request.Pair> headers(Outbound request) throws InterruptedException {
    AwsCredentialsIdentity identity = keys.get();
    String host = request.uri().getHost();
    String named = request.scope().service();
    // A host's first label names the API, as a rule; documents that name it otherwise say so.
    String service = named.isEmpty() ? host.substring(0, (host + ".").indexOf('.')) : named;
    boolean s3 = service.startsWith("s3");
    SdkHttpRequest unsigned = unsigned(request, s3);
    String body = request.body();
    Clock now = Clock.fixed(clock.instant().plus(ahead.get()), ZoneOffset.UTC);
    SdkHttpRequest signed =
        signer
            .sign(sign -> {
              sign.identity(identity)
                  .request(unsigned)
                  .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                  .putProperty(AwsV4HttpSigner.REGION_NAME, AwsRegion.of(request.scope()))
                  .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !s3)
                  .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, !s3)
                  .putProperty(HttpSigner.SIGNING_CLOCK, now);
              if (body != null) {
                sign.payload(ContentStreamProvider.fromUtf8String(body));
              }
            })
            .request();
    List<Request.Pair> added = new ArrayList<>();
    signed.forEachHeader((name, values) -> {
      String lower = name.toLowerCase(Locale.ROOT);
      // The client writes the host itself, and lets nobody else.
      if (OWN.contains(lower) && !lower.equals("host")) {
        added.add(new Request.Pair(name, String.join(",", values)));
      }
    });
    return added;
  }

  private static SdkHttpRequest unsigned(Outbound request, boolean s3) {
    URI uri = request.uri();
    SdkHttpRequest.Builder unsigned =
        SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(request.verb())).uri(uri);
    if (s3) {
      // S3 signs the path as it would encode it, whatever of it was left as it is.
      String path = uri.getRawPath() == null ? "" : uri.getRawPath();
      unsigned.encodedPath(SdkHttpUtils.urlEncodeIgnoreSlashes(SdkHttpUtils.urlDecode(path)));
    }
    for (Request.Pair header : request.headers()) {
      if (!OWN.contains(header.name().toLowerCase(Locale.ROOT))) {
        unsigned.putHeader(header.name(), header.value());
      }
    }
    return unsigned.build();
  }

  @Override
  public @Nullable Object held() throws InterruptedException {
    return keys.held();
  }

  @Override
  public boolean recover(@Nullable Object held, Refusal refusal) {
    Instant theirs = refusal.date();
    if (theirs != null && WRONG_TIME.matcher(refusal.body()).find()) {
      Duration off = Duration.between(refusal.now(), theirs);
      if (off.minus(ahead.get()).abs().compareTo(SKEW) > 0) {
        ahead.set(off);
        return true;
      }
    }
    boolean expired = refusal.status() == 401 || EXPIRED.matcher(refusal.body()).find();
    if (!renewable || !expired || held == null) {
      return false;
    }
    keys.drop(held);
    return true;
  }
}
