package dev.isobar.fetch.auth;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// AWS's Signature Version 4 as its documentation tells it, apart from the code under test: what a
/// server does to check a request. Knows paths without `..` only.
final class Signatures {
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request,"
              + " SignedHeaders=([^,]+), Signature=([0-9a-f]{64})");

  private Signatures() {}

  /// The signature of a request.
  ///
  /// @param headers those that are signed, by name in lower case
  /// @param service for `s3` the path is encoded once, for others twice
  static String of(
      String secret,
      String verb,
      URI uri,
      Map<String, String> headers,
      String body,
      String region,
      String service) {
    String time = headers.getOrDefault("x-amz-date", "");
    TreeMap<String, String> sorted = new TreeMap<>(headers);
    StringBuilder lines = new StringBuilder();
    sorted.forEach((name, value) ->
        lines.append(name).append(':').append(value.strip().replaceAll(" +", " ")).append('\n'));
    String canonical =
        String.join(
            "\n",
            verb,
            path(uri, service),
            query(uri),
            lines.toString(),
            String.join(";", sorted.keySet()),
            hash(body));
    String scope = time.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
    String text = String.join("\n", "AWS4-HMAC-SHA256", time, scope, hash(canonical));
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : List.of(time.substring(0, 8), region, service, "aws4_request", text)) {
      key = hmac(key, part);
    }
    return HexFormat.of().formatHex(key);
  }

  /// What an `Authorization` says, after the signature was found to be right.
  record Checked(String keyId, String region, String service, List<String> signedHeaders) {}

  /// @param headers all that were sent, by name in lower case, and `host`
  static Checked check(
      String secret, String verb, URI uri, Map<String, String> headers, String body) {
    Matcher match = AUTHORIZATION.matcher(headers.getOrDefault("authorization", ""));
    if (!match.matches()) {
      throw new AssertionError(headers.get("authorization"));
    }
    List<String> names = List.of(match.group(5).split(";"));
    Map<String, String> signed = new TreeMap<>();
    names.forEach(name -> signed.put(name, headers.getOrDefault(name, "")));
    String expected = of(secret, verb, uri, signed, body, match.group(3), match.group(4));
    if (!expected.equals(match.group(6))) {
      throw new AssertionError("the signature is wrong: " + headers);
    }
    return new Checked(match.group(1), match.group(3), match.group(4), names);
  }

  private static String path(URI uri, String service) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return service.equals("s3")
        ? encode(URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8), "/")
        : encode(path, "/");
  }

  private static String query(URI uri) {
    if (uri.getRawQuery() == null) {
      return "";
    }
    List<String> pairs = new ArrayList<>();
    for (String pair : List.of(uri.getRawQuery().split("&"))) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      pairs.add(
          encode(URLDecoder.decode(name, StandardCharsets.UTF_8), "")
              + "="
              + encode(URLDecoder.decode(value, StandardCharsets.UTF_8), ""));
    }
    pairs.sort(null);
    return String.join("&", pairs);
  }

  private static String encode(String text, String kept) {
    String encoded =
        URLEncoder.encode(text, StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("*", "%2A")
            .replace("%7E", "~");
    return kept.isEmpty() ? encoded : encoded.replace("%2F", kept);
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
