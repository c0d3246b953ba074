package dev.isobar.registry;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks that a document was signed by whom one trusts, at a time when that certificate was valid.
///
/// A `.sig` file is base64 of 79 bytes: a time as Go's `time.Time.MarshalBinary` writes it (version
/// 1 | int64 seconds since year 1 | int32 nanoseconds | int16 minutes of the zone), and an Ed25519
/// signature over the document followed by those 15 bytes. Source: `provider-format.md`, section 9.
final class Signatures {
  /// Beside each document.
  static final String ENDING = ".sig";

  private static final int TIME = 15;
  private static final int SIGNATURE = 64;
  private static final int GO_VERSION = 1;

  /// From the first day of year 1 to that of 1970.
  private static final long TO_UNIX = 62_135_596_800L;

  private static final String HINT =
      "Pull another version, or tell the publisher. To take the documents unchecked:"
          + " --registry '{\"verifyConfig\": {\"nopVerify\": true}}'.";

  private final List<X509Certificate> signers;

  private Signatures(List<X509Certificate> signers) {
    this.signers = List.copyOf(signers);
  }

  /// Signatures by the configured certificates, or by those that ship inside.
  ///
  /// @throws IsobarException `INVALID_CONFIGURATION` when there is no certificate to trust
  static Signatures by(RegistrySettings.Verification settings) {
    List<X509Certificate> authorities =
        certificates(settings.authorities(), "root-certificates.pem");
    List<X509Certificate> trusted = new ArrayList<>();
    for (X509Certificate signer : certificates(settings.signers(), "signing-certificates.pem")) {
      Pattern subject = settings.subject();
      String name = signer.getSubjectX500Principal().getName();
      boolean named = subject == null || subject.matcher(name).find();
      if (named && authorities.stream().anyMatch(authority -> isIssuedBy(signer, authority))) {
        trusted.add(signer);
      }
    }
    if (trusted.isEmpty()) {
      throw new IsobarException(
          ErrorCode.INVALID_CONFIGURATION,
          "None of the certificates that sign documents is issued by a trusted one and has a"
              + " subject that matches.",
          "Check CAFile, signingCertFile and certRegex of verifyConfig.");
    }
    return new Signatures(trusted);
  }

  private static boolean isIssuedBy(X509Certificate signer, X509Certificate authority) {
    if (!signer.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
      return false;
    }
    try {
      signer.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static List<X509Certificate> certificates(@Nullable Path file, String shipped) {
    try {
      byte[] pem = file == null ? shipped(shipped) : Files.readAllBytes(file);
      List<X509Certificate> certificates = new ArrayList<>();
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (var each : factory.generateCertificates(new ByteArrayInputStream(pem))) {
        certificates.add((X509Certificate) each);
      }
      return certificates;
    } catch (IOException | GeneralSecurityException e) {
      throw new IsobarException(
          ErrorCode.INVALID_CONFIGURATION,
          "The certificates in `" + (file == null ? shipped : file) + "` cannot be read.",
          "They are PEM: -----BEGIN CERTIFICATE-----.",
          null,
          e);
    }
  }

  private static byte[] shipped(String name) throws IOException {
    try (InputStream in = Signatures.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar holds no " + name);
      }
      return in.readAllBytes();
    }
  }

  /// Refuses a document that is not signed as it should be.
  ///
  /// @param name of the document, for messages
  /// @param file the content of its `.sig` file; null when there is none
  /// @return when it was signed
  /// @throws IsobarException `UNTRUSTED_DOCUMENT`
  Instant verify(String name, byte[] document, byte @Nullable [] file) {
    if (file == null) {
      throw refused(name, "has no signature: there is no `" + name + ENDING + "`");
    }
    byte[] decoded = decoded(name, file);
    ByteBuffer time = ByteBuffer.wrap(decoded, 0, TIME);
    if (time.get() != GO_VERSION) {
      throw refused(name, "has a signature of an unknown form");
    }
    long seconds = time.getLong() - TO_UNIX;
    int nanos = time.getInt();
    if (nanos < 0 || nanos > 999_999_999 || Math.abs(seconds) > TO_UNIX * 5) {
      throw refused(name, "has a signature of an unknown form");
    }
    Instant signed = Instant.ofEpochSecond(seconds, nanos);
    List<X509Certificate> fitting =
        signers.stream().filter(signer -> isSignature(signer, document, decoded)).toList();
    if (fitting.isEmpty()) {
      throw refused(
          name,
          "was changed after it was signed, or signed by somebody else than "
              + String.join(" or ", signers.stream().map(Signatures::organization).toList()));
    }
    for (X509Certificate signer : fitting) {
      boolean early = signed.isBefore(signer.getNotBefore().toInstant());
      if (!early && !signed.isAfter(signer.getNotAfter().toInstant())) {
        return signed;
      }
    }
    X509Certificate signer = fitting.getFirst();
    throw refused(
        name,
        "was signed on "
            + day(signed)
            + ", and the certificate of "
            + organization(signer)
            + " is valid from "
            + day(signer.getNotBefore().toInstant())
            + " to "
            + day(signer.getNotAfter().toInstant()));
  }

  private static byte[] decoded(String name, byte[] file) {
    try {
      String text = new String(file, StandardCharsets.ISO_8859_1).strip();
      byte[] decoded = Base64.getDecoder().decode(text);
      if (decoded.length == TIME + SIGNATURE) {
        return decoded;
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw refused(name, "has a signature that cannot be read");
  }

  private static boolean isSignature(X509Certificate signer, byte[] document, byte[] decoded) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(signer.getPublicKey());
      signature.update(document);
      signature.update(decoded, 0, TIME);
      return signature.verify(decoded, TIME, SIGNATURE);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static String day(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static String organization(X509Certificate certificate) {
    String subject = certificate.getSubjectX500Principal().getName();
    for (String part : subject.split(",", -1)) {
      if (part.startsWith("O=")) {
        return part.substring(2);
      }
    }
    return subject;
  }

  private static IsobarException refused(String name, String why) {
    return new IsobarException(
        ErrorCode.UNTRUSTED_DOCUMENT, "The document `" + name + "` " + why + ".", HINT);
  }
}
