package dev.isobar.fetch.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.AuthSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciSigningTest {
  private static final String URL =
      "https://iaas.eu-frankfurt-1.oraclecloud.com/20160918/x?a=b%20c";
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "Signature version=\"1\",keyId=\"([^\"]+)\",algorithm=\"rsa-sha256\",headers=\"([^\"]+)\","
              + "signature=\"([^\"]+)\"");

  private static KeyPair pair;

  private final Gate gate = new Gate();

  @BeforeAll
  static void makeAKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    pair = generator.generateKeyPair();
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content));
  }

  private static String pkcs8() {
    return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  /// The key id, after the signature was found to be right.
  private static String checked(Map<String, String> headers, String verb) throws Exception {
    Matcher match = AUTHORIZATION.matcher(headers.getOrDefault("authorization", ""));
    assertThat(match.matches()).isTrue();
    StringBuilder text = new StringBuilder();
    for (String name : match.group(2).split(" ", -1)) {
      String value =
          switch (name) {
            case "(request-target)" -> verb + " /20160918/x?a=b%20c";
            case "host" -> "iaas.eu-frankfurt-1.oraclecloud.com";
            case "content-length" -> "7";
            default -> headers.get(name);
          };
      text.append(text.isEmpty() ? "" : "\n").append(name).append(": ").append(value);
    }
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(pair.getPublic());
    signature.update(text.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(signature.verify(Base64.getDecoder().decode(match.group(3)))).isTrue();
    return match.group(1) + " " + match.group(2);
  }

  private AuthSpec raw(String pem) {
    gate.environment.putAll(Map.of("TENANCY", "ocid1.t", "KEY", pem));
    return new AuthSpec(
        "oci_signing_v1",
        new HashMap<>(
            Map.of(
                "tenancy_ocid_env_var", "TENANCY",
                "user_ocid", "ocid1.u",
                "fingerprint", "aa:bb",
                "private_key_env_var", "KEY",
                "passphrase_env_var", "PHRASE")));
  }

  @Test
  void signsWhatReads() throws Exception {
    Map<String, String> headers = Gate.headers(gate.credential(raw(pkcs8())), "GET", URL, null);
    assertThat(checked(headers, "get"))
        .isEqualTo("ocid1.t/ocid1.u/aa:bb date (request-target) host");
    assertThat(headers).containsEntry("date", "Fri, 01 May 2026 12:00:00 GMT");
  }

  @Test
  void signsTheBodyOfWhatChanges() throws Exception {
    Map<String, String> headers =
        Gate.headers(gate.credential(raw(pkcs8())), "POST", URL, "{\"a\":1}");
    assertThat(checked(headers, "post"))
        .endsWith(" date (request-target) host content-length content-type x-content-sha256");
    assertThat(headers).containsEntry("content-type", "application/json");
  }

  @Test
  void readsTheFormsThatKeysHave() throws Exception {
    // Line ends as a variable may hold them.
    Gate.headers(gate.credential(raw(pkcs8().replace("\n", "\\n"))), "GET", URL, null);
    // PKCS #1 is what PKCS #8 holds behind its 26 bytes of version, algorithm and lengths.
    byte[] encoded = pair.getPrivate().getEncoded();
    String pkcs1 = pem("RSA PRIVATE KEY", Arrays.copyOfRange(encoded, 26, encoded.length));
    checked(Gate.headers(gate.credential(raw(pkcs1)), "GET", URL, null), "get");
    AuthSpec encrypted = raw(pem("ENCRYPTED PRIVATE KEY", encrypted("open sesame")));
    assertThatThrownBy(() -> gate.credential(encrypted)).hasMessageContaining("cannot be read");
    gate.environment.put("PHRASE", "open says me");
    assertThatThrownBy(() -> gate.credential(encrypted))
        .hasMessageContaining("with the passphrase given")
        .hasMessageNotContaining("open");
    gate.environment.put("PHRASE", "open sesame");
    checked(Gate.headers(gate.credential(encrypted), "GET", URL, null), "get");
    assertThatThrownBy(() -> gate.credential(raw("c4nary")))
        .hasMessageContaining("its private key cannot be read")
        .hasMessageNotContaining("c4nary");
  }

  private static byte[] encrypted(String passphrase) throws Exception {
    String algorithm = "PBEWithHmacSHA256AndAES_256";
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(passphrase.toCharArray())));
    byte[] content = cipher.doFinal(pair.getPrivate().getEncoded());
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
    parameters.init(cipher.getParameters().getEncoded());
    return new EncryptedPrivateKeyInfo(parameters, content).getEncoded();
  }

  @Test
  void readsAProfileOfTheConfigurationFile(@TempDir Path home) throws Exception {
    gate.environment.put("HOME", home.toString());
    AuthSpec spec = new AuthSpec("oci_signing_v1", Map.of("profile", "DEV"));
    assertThatThrownBy(() -> gate.credential(spec))
        .hasMessageContaining("the file `~/.oci/config` cannot be read");
    Files.createDirectory(home.resolve(".oci"));
    Files.writeString(home.resolve("key.pem"), pkcs8());
    Files.writeString(
        home.resolve(".oci/config"),
        "[DEFAULT]\nuser=u\nfingerprint=f\nkey_file=~/key.pem\n# no\ntenancy=t\n[DEV]\nuser = u2\n");
    assertThat(checked(Gate.headers(gate.credential(spec), "GET", URL, null), "get"))
        .startsWith("t/u2/f ");
    Files.writeString(home.resolve("token"), "session\n");
    Files.writeString(
        home.resolve(".oci/config"),
        "[DEV]\nkey_file=~/key.pem\nsecurity_token_file=" + home.resolve("token") + "\n");
    assertThat(checked(Gate.headers(gate.credential(spec), "GET", URL, null), "get"))
        .startsWith("ST$session ");
    Files.writeString(home.resolve(".oci/config"), "[OTHER]\n");
    assertThatThrownBy(() -> gate.credential(spec)).hasMessageContaining("has no profile `DEV`");
  }

  @Test
  void namesAllThatIsMissing() {
    AuthSpec spec =
        new AuthSpec(
            "oci_signing_v1",
            Map.of("tenancy_ocid_env_var", "TENANCY", "private_key_path", "/nowhere"));
    assertThatThrownBy(() -> gate.credential(spec))
        .hasMessage(
            "`acme` needs a credential, and `TENANCY` is not set and its authentication has neither"
                + " `user_ocid` nor `user_ocid_env_var` and its authentication has neither"
                + " `fingerprint` nor `fingerprint_env_var` and the file `/nowhere` cannot be read.");
  }
}
