package dev.isobar.fetch.auth;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/// RSA keys in PEM: PKCS #8, with a passphrase or without, and PKCS #1 without.
final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ((?:RSA |ENCRYPTED )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  /// `SEQUENCE { INTEGER 0, SEQUENCE { OID rsaEncryption, NULL }, OCTET STRING … }` without its two
  /// lengths: what PKCS #8 puts around a key of PKCS #1.
  private static final byte[] VERSION_AND_ALGORITHM = {
    0x02,
    0x01,
    0x00,
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };

  private PemKey() {}

  /// @throws IllegalArgumentException when the text is no such key
  /// @throws GeneralSecurityException when the key or the passphrase is wrong
  static PrivateKey read(String pem, @Nullable String passphrase) throws GeneralSecurityException {
    // A variable may hold the line ends as it would in JSON.
    Matcher block = BLOCK.matcher(pem.replace("\\n", "\n"));
    if (!block.find()) {
      throw new IllegalArgumentException("there is no private key");
    }
    byte[] content = Base64.getMimeDecoder().decode(block.group(2));
    return switch (block.group(1)) {
      case "ENCRYPTED PRIVATE KEY" -> decrypted(content, passphrase);
      case "RSA PRIVATE KEY" -> rsa(new PKCS8EncodedKeySpec(wrapped(content)));
      default -> rsa(new PKCS8EncodedKeySpec(content));
    };
  }

  private static PrivateKey rsa(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA").generatePrivate(spec);
  }

  private static PrivateKey decrypted(byte[] content, @Nullable String passphrase)
      throws GeneralSecurityException {
    if (passphrase == null) {
      throw new IllegalArgumentException("the key needs a passphrase");
    }
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(content);
      String algorithm = info.getAlgName();
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(passphrase.toCharArray())),
          info.getAlgParameters());
      return rsa(info.getKeySpec(cipher));
    } catch (IOException e) {
      throw new IllegalArgumentException("the key is not whole", e);
    }
  }

  private static byte[] wrapped(byte[] pkcs1) {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(VERSION_AND_ALGORITHM);
    inner.writeBytes(der(0x04, pkcs1));
    return der(0x30, inner.toByteArray());
  }

  /// A DER value: tag, length, content.
  private static byte[] der(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.length;
    if (length < 0x80) {
      out.write(length);
    } else {
      int bytes = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(length >> (8 * i));
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
