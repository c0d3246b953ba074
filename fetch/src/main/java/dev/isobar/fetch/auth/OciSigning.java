package dev.isobar.fetch.auth;

import dev.isobar.plan.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Signs requests as Oracle's cloud wants it (`oci_signing_v1`): the HTTP signatures of
/// draft-cavage-http-signatures-08 with RSA and SHA-256.
///
/// Source: Oracle's documentation, "Request Signatures".
///
/// @param keyId `tenancy/user/fingerprint`, or `ST$` and a session's token
record OciSigning(String keyId, PrivateKey key, InstantSource clock) implements Authentication {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  @Override
  public List<Request.Pair> headers(Outbound request) {
    URI uri = request.uri();
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    List<Request.Pair> added = new ArrayList<>();
    Map<String, String> signed = new LinkedHashMap<>();
    String date = DATE.format(clock.instant().atOffset(ZoneOffset.UTC));
    added.add(new Request.Pair("Date", date));
    signed.put("date", date);
    signed.put("(request-target)", request.verb().toLowerCase(Locale.ROOT) + " " + path + query);
    signed.put("host", uri.getHost() + port);
    if (List.of("POST", "PUT", "PATCH").contains(request.verb())) {
      String body = request.body();
      byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
      String hash = Base64.getEncoder().encodeToString(sha256(bytes));
      String type = contentType(request);
      added.add(new Request.Pair("x-content-sha256", hash));
      added.add(new Request.Pair("Content-Type", type));
      signed.put("content-length", Integer.toString(bytes.length));
      signed.put("content-type", type);
      signed.put("x-content-sha256", hash);
    }
    String text =
        signed.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .collect(Collectors.joining("\n"));
    added.add(
        new Request.Pair(
            "Authorization",
            "Signature version=\"1\",keyId=\""
                + keyId
                + "\",algorithm=\"rsa-sha256\",headers=\""
                + String.join(" ", signed.keySet())
                + "\",signature=\""
                + sign(text)
                + "\""));
    return added;
  }

  private static String contentType(Outbound request) {
    for (Request.Pair header : request.headers()) {
      if (header.name().equalsIgnoreCase("Content-Type")) {
        return header.value();
      }
    }
    return "application/json";
  }

  private String sign(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      // Every Java has the algorithm, and the key was read as one for it.
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Without the key: records print their components.
  @Override
  public String toString() {
    return "OciSigning";
  }
}
