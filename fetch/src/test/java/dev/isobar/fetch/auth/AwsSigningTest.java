package dev.isobar.fetch.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Operation.Server;
import dev.isobar.plan.Request;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsSigningTest {
  private static final Instant SUITE = Instant.parse("2015-08-30T12:36:00Z");
  private static final Instant S3_EXAMPLES = Instant.parse("2013-05-24T00:00:00Z");

  /// The keys of AWS's published examples.
  private static final AwsKeys.Fixed SUITE_KEYS =
      new AwsKeys.Fixed("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null);

  private static final AwsKeys.Fixed S3_KEYS =
      new AwsKeys.Fixed("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null);

  private static AwsSigning signing(AwsKeys.Fixed keys, Instant now) {
    return new AwsSigning(
        new AwsKeys("aws", keys, null, new Redaction(List.of())), InstantSource.fixed(now));
  }

  private static Map<String, String> signed(AwsSigning signing, Outbound request)
      throws InterruptedException {
    Map<String, String> headers = new TreeMap<>();
    for (List<Request.Pair> pairs : List.of(request.headers(), signing.headers(request))) {
      pairs.forEach(pair -> headers.put(pair.name().toLowerCase(Locale.ROOT), pair.value()));
    }
    headers.put("host", request.uri().getHost());
    return headers;
  }

  private static Outbound request(
      String verb, String url, String service, String body, String... headers) {
    List<Request.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      pairs.add(new Request.Pair(headers[i], headers[i + 1]));
    }
    return new Outbound(
        verb,
        URI.create(url),
        pairs,
        body.isEmpty() ? null : body,
        new SigningScope(service, List.of(), url));
  }

  /// The test's own signatures, against AWS's test suite (`aws-sig-v4-test-suite`).
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          GET,  /,                               5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
          GET,  /?Param2=value2&Param1=value1,   b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500
          GET,  /?Param1=value1,                 a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb
          GET,  /-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz, 07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f
          POST, /,                               5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b
          POST, /?Param1=value1,                 28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11
          """)
  void theSuiteIsAnsweredByTheTestsOwnSignatures(String verb, String target, String signature) {
    Map<String, String> headers =
        Map.of("host", "example.amazonaws.com", "x-amz-date", "20150830T123600Z");
    URI uri = URI.create("https://example.amazonaws.com" + target);
    assertThat(Signatures.of(SUITE_KEYS.secret(), verb, uri, headers, "", "us-east-1", "service"))
        .isEqualTo(signature);
  }

  /// The requests of the suite, signed by the product (which signs the hash of the body too) and
  /// checked by what answers the suite.
  @ParameterizedTest
  @CsvSource({
    "GET, /, ''",
    "GET, /?Param2=value2&Param1=value1, ''",
    "GET, /?Param1=value2&Param1=Value1&a=&b, ''",
    "GET, /?a%20b=c%2Fd%3D%26%20%E1%88%B4, ''",
    "GET, /functions/arn:aws:lambda:eu-west-1:1:function:f/a%20b, ''",
    "DELETE, /v1/things/a%2Fb, ''",
    "POST, /, Action=ListUsers&Version=2010-05-08",
    "POST, /?Action=X, ሴ",
  })
  void whatTheProductSignsIsRight(String verb, String target, String body) throws Exception {
    Outbound request =
        request(
            verb,
            "https://example.eu-west-1.amazonaws.com" + target,
            "service",
            body,
            "Content-Type",
            "application/x-amz-json-1.1",
            "X-Amz-Target",
            "Things.List  Two",
            // What documents declare, and the signature brings by itself.
            "X-Amz-Date",
            "20000101T000000Z",
            "X-Amz-Security-Token",
            "not mine");
    Map<String, String> headers = signed(signing(SUITE_KEYS, SUITE), request);
    Signatures.Checked checked =
        Signatures.check(SUITE_KEYS.secret(), verb, request.uri(), headers, body);
    assertThat(checked.keyId()).isEqualTo("AKIDEXAMPLE");
    assertThat(checked.region()).isEqualTo("eu-west-1");
    assertThat(checked.service()).isEqualTo("service");
    assertThat(checked.signedHeaders())
        .contains("content-type", "host", "x-amz-content-sha256", "x-amz-date", "x-amz-target")
        .doesNotContain("x-amz-security-token");
    assertThat(headers).containsEntry("x-amz-date", "20150830T123600Z");
  }

  /// The examples of Amazon S3's documentation, "Signature Calculations for the Authorization
  /// Header".
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          GET, /test.txt,              '',                      Range, bytes=0-9,  f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41
          GET, /?lifecycle,            '',                      '',    '',         fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543
          GET, /?max-keys=2&prefix=J,  '',                      '',    '',         34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7
          PUT, /test$file.text,        Welcome to Amazon S3.,   x-amz-storage-class, REDUCED_REDUNDANCY, 98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd
          """)
  void theExamplesOfS3AreAnswered(
      String verb, String target, String body, String header, String value, String signature)
      throws Exception {
    List<String> headers = new ArrayList<>();
    if (verb.equals("PUT")) {
      headers.addAll(List.of("Date", "Fri, 24 May 2013 00:00:00 GMT"));
    }
    if (!header.isEmpty()) {
      headers.addAll(List.of(header, value));
    }
    Outbound request =
        request(
            verb,
            "https://examplebucket.s3.amazonaws.com" + target,
            "s3",
            body,
            headers.toArray(String[]::new));
    assertThat(signed(signing(S3_KEYS, S3_EXAMPLES), request).get("authorization"))
        .endsWith("Signature=" + signature);
  }

  @Test
  void aSessionsTokenIsSignedToo() throws Exception {
    AwsKeys.Fixed session = new AwsKeys.Fixed("ASIA", "secret", "the token");
    Outbound request = request("GET", "https://sts.amazonaws.com/", "sts", "");
    Map<String, String> headers = signed(signing(session, SUITE), request);
    assertThat(headers).containsEntry("x-amz-security-token", "the token");
    assertThat(Signatures.check("secret", "GET", request.uri(), headers, "").signedHeaders())
        .contains("x-amz-security-token");
  }

  @ParameterizedTest
  @CsvSource({
    "https://ec2.{region}.amazonaws.com, https://ec2.eu-central-1.amazonaws.com/?a=b, eu-central-1",
    "https://x.{region}.amazonaws.com.cn, https://x.cn-north-1.amazonaws.com.cn/, cn-north-1",
    "https://{bucket}.s3.{region}.amazonaws.com, https://a.b.s3.us-gov-west-1.amazonaws.com/k,"
        + " us-gov-west-1",
    "'https://{cluster:^[^/{}]+$}.{region}', https://c.one.local/x, one.local",
    "https://iam.amazonaws.com, https://iam.amazonaws.com/, us-east-1",
    "https://other.example, https://api.ap-southeast-2.amazonaws.com, ap-southeast-2",
    "https://other.example, https://localhost:8080/x, us-east-1",
  })
  void theRegionIsReadBackFromTheUrl(String server, String url, String region) {
    assertThat(AwsRegion.of(new SigningScope("x", List.of(new Server(server, Map.of())), url)))
        .isEqualTo(region);
  }
}
