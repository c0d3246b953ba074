package dev.isobar.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/// Signs documents as a registry does, with a certificate of its own that is valid in 2030.
final class Signer {
  private static final String PASSWORD = "password";
  static final Instant WITHIN = Instant.parse("2030-06-01T12:00:00.5Z");

  final Path certificate;
  private final PrivateKey key;

  private Signer(Path certificate, PrivateKey key) {
    this.certificate = certificate;
    this.key = key;
  }

  /// A signer whose certificate is in a file of the folder.
  ///
  /// @param name such as `O=Acme`
  static Signer create(Path folder, String name) {
    String file = name.replaceAll("\\W", "");
    Path keys = folder.resolve(file + ".p12");
    Path certificate = folder.resolve(file + ".pem");
    try {
      keytool(
          List.of(
              "-genkeypair",
              "-keystore",
              keys.toString(),
              "-storepass",
              PASSWORD,
              "-alias",
              "a",
              "-keyalg",
              "Ed25519",
              "-dname",
              name,
              "-startdate",
              "2030/01/01 00:00:00",
              "-validity",
              "365"));
      keytool(
          List.of(
              "-exportcert",
              "-rfc",
              "-keystore",
              keys.toString(),
              "-storepass",
              PASSWORD,
              "-alias",
              "a",
              "-file",
              certificate.toString()));
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(keys)) {
        store.load(in, PASSWORD.toCharArray());
      }
      return new Signer(certificate, (PrivateKey) store.getKey("a", PASSWORD.toCharArray()));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void keytool(List<String> arguments) throws IOException {
    List<String> command = new java.util.ArrayList<>(arguments);
    command.addFirst(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IllegalStateException(said);
    }
  }

  /// The content of the `.sig` file of a document.
  byte[] sign(byte[] document, Instant at) {
    byte[] time =
        ByteBuffer.allocate(15)
            .put((byte) 1)
            .putLong(at.getEpochSecond() + 62_135_596_800L)
            .putInt(at.getNano())
            .putShort((short) -1)
            .array();
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(document);
      signature.update(time);
      byte[] signed = signature.sign();
      byte[] both = ByteBuffer.allocate(15 + signed.length).put(time).put(signed).array();
      return Base64.getEncoder().encode(both);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
