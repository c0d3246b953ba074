package dev.isobar.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.registry.RegistrySettings.Verification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {
  private static final byte[] DOCUMENT = "name: acme\n".getBytes(StandardCharsets.UTF_8);

  @TempDir private static Path folder;
  private static Signer acme;
  private static Signer other;

  @BeforeAll
  static void makeCertificates() {
    acme = Signer.create(folder, "CN=Ann, O=Acme Inc");
    other = Signer.create(folder, "O=Other");
  }

  private static Signatures by(Signer signer) {
    return Signatures.by(
        new Verification(false, signer.certificate, signer.certificate, Pattern.compile("O=")));
  }

  private static void assertRefused(byte @Nullable [] signature, String why) {
    assertThatThrownBy(() -> by(acme).verify("acme/v1/provider.yaml", DOCUMENT, signature))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.UNTRUSTED_DOCUMENT);
              assertThat(e.hint()).contains("nopVerify");
            })
        .hasMessageStartingWith("The document `acme/v1/provider.yaml` ")
        .hasMessageContaining(why);
  }

  @Test
  void acceptsWhatWasSignedWhileTheCertificateIsValid() {
    byte[] signature = acme.sign(DOCUMENT, Signer.WITHIN);
    assertThat(signature).hasSize(108);
    assertThat(by(acme).verify("x", DOCUMENT, signature)).isEqualTo(Signer.WITHIN);
  }

  @Test
  void aLineEndAfterTheSignatureIsNothing() {
    String signature = new String(acme.sign(DOCUMENT, Signer.WITHIN), StandardCharsets.US_ASCII);
    byte[] written = (signature + "\r\n").getBytes(StandardCharsets.US_ASCII);
    assertThat(by(acme).verify("x", DOCUMENT, written)).isEqualTo(Signer.WITHIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2029-12-30T00:00:00Z", "2031-01-03T00:00:00Z", "0001-01-01T00:00:00Z"})
  void refusesTheWrongTime(Instant time) {
    assertRefused(
        acme.sign(DOCUMENT, time),
        "was signed on "
            + time.toString().substring(0, 10)
            + ", and the certificate of Acme Inc is valid from 20");
  }

  @Test
  void refusesAChangedDocument() {
    byte[] signature = acme.sign("name: other\n".getBytes(StandardCharsets.UTF_8), Signer.WITHIN);
    assertRefused(signature, "was changed after it was signed, or signed by somebody else");
  }

  @Test
  void refusesAnotherSigner() {
    assertRefused(other.sign(DOCUMENT, Signer.WITHIN), "than Acme Inc");
  }

  @Test
  void refusesTheTimeOfAnotherSignature() {
    byte[] signature = acme.sign(DOCUMENT, Signer.WITHIN);
    byte[] later = acme.sign(DOCUMENT, Signer.WITHIN.plusSeconds(1));
    System.arraycopy(later, 0, signature, 0, 20);
    assertRefused(signature, "was changed after it was signed");
  }

  @Test
  void refusesWhatIsNoSignature() {
    assertRefused(null, "there is no `acme/v1/provider.yaml.sig`");
    assertRefused(new byte[0], "has a signature that cannot be read");
    assertRefused(
        "????".getBytes(StandardCharsets.US_ASCII), "has a signature that cannot be read");
    assertRefused(new byte[108], "has a signature that cannot be read");
    byte[] unknown = acme.sign(DOCUMENT, Signer.WITHIN);
    unknown[0] = 'B';
    assertRefused(unknown, "has a signature of an unknown form");
  }

  @Test
  void trustsOnlySignersThatATrustedCertificateIssued() {
    assertThatThrownBy(
            () -> Signatures.by(new Verification(false, acme.certificate, other.certificate, null)))
        .isInstanceOf(IsobarException.class)
        .hasMessageContaining("issued by a trusted one");
    Pattern subject = Pattern.compile("O=Nobody");
    assertThatThrownBy(() ->
            Signatures.by(new Verification(false, acme.certificate, acme.certificate, subject)))
        .isInstanceOf(IsobarException.class)
        .hasMessageContaining("subject");
  }

  @Test
  void saysWhichCertificatesCannotBeRead() {
    Path missing = folder.resolve("missing.pem");
    assertThatThrownBy(() -> Signatures.by(new Verification(false, missing, null, null)))
        .isInstanceOf(IsobarException.class)
        .hasMessageContaining("missing.pem");
  }

  @Test
  void theCertificatesThatShipInsideTrustEachOther() {
    Signatures shipped = Signatures.by(Verification.DEFAULT);
    assertThatThrownBy(() -> shipped.verify("x", DOCUMENT, acme.sign(DOCUMENT, Instant.EPOCH)))
        .hasMessageContaining("somebody else than StackQL Studios");
  }
}
