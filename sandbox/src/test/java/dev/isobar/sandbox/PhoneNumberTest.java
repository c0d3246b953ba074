package dev.isobar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The verification of a user's telephone number.
final class PhoneNumberTest {
  private static final String PHONE = "/v4/profile/phone-number";

  private final FakeClock clock = new FakeClock();
  private final Sandbox sandbox =
      Sandbox.start(Documents.linode(), SandboxOptions.defaults().withClock(clock));
  private final Client client = new Client(sandbox, "someone");
  private final Client other = new Client(sandbox, "somebody else");

  @AfterEach
  void close() {
    client.close();
    other.close();
    sandbox.close();
  }

  private static Map<String, String> number(String iso, String number) {
    return Map.of("iso_code", iso, "phone_number", number);
  }

  private List<Map<String, @Nullable Object>> messages() {
    Object messages = client.get("/_sandbox/messages").get("messages");
    return Values.list(messages).stream().map(Values::object).toList();
  }

  private String code() {
    return String.valueOf(messages().getLast().get("code"));
  }

  private List<String> verify(Client as, String code) {
    return as.post(PHONE + "/verify", Map.of("otp_code", code)).faults();
  }

  private @Nullable Object verified(Client as) {
    return as.get("/v4/profile").get("verified_phone_number");
  }

  @Test
  void theCodeInTheTextMessageVerifiesTheNumberOfWhoAsked() {
    assertThat(client.post(PHONE, number("US", "555-555-0100")).text()).isEqualTo("{}");
    assertThat(messages().getLast()).containsEntry("to", "+15555550100");
    assertThat(code()).matches("[0-9]{6}");
    assertThat(verify(client, code())).isEmpty();
    assertThat(verified(client)).isEqualTo("+15555550100");
    assertThat(verified(other)).isNull();
  }

  @Test
  void theSameCodeIsSentAgainWhileItIsValid() {
    client.post(PHONE, number("US", "555-555-0100"));
    String first = code();
    clock.advance(Duration.ofMinutes(9));
    client.post(PHONE, number("US", "555-555-0100"));
    assertThat(messages()).hasSize(2);
    assertThat(code()).isEqualTo(first);
    clock.advance(Duration.ofMinutes(2));
    client.post(PHONE, number("US", "555-555-0100"));
    assertThat(code()).isNotEqualTo(first);
  }

  @Test
  void wrongAndExpiredCodesAndThoseOfOthersAreToldApart() {
    assertThat(verify(client, "123456"))
        .containsExactly("otp_code: No code was sent to this user; request one first");
    client.post(PHONE, number("US", "555-555-0100"));
    String code = code();
    assertThat(verify(client, code.equals("000000") ? "000001" : "000000"))
        .containsExactly("otp_code: The code is wrong");
    assertThat(verify(other, code)).containsExactly("otp_code: This code was sent to another user");
    client.post("/_sandbox/clock", Map.of("advance", "PT11M"));
    assertThat(verify(client, code))
        .containsExactly("otp_code: The code has expired; request another one");
  }

  @Test
  void aVerifiedNumberIsDeletedBeforeAnotherIsVerified() {
    client.post(PHONE, number("US", "555-555-0100"));
    verify(client, code());
    assertThat(client.post(PHONE, number("US", "555-555-0101")).faults())
        .containsExactly(
            "phone_number: A phone number is verified already; delete it before another is"
                + " verified");
    assertThat(client.delete(PHONE).text()).isEqualTo("{}");
    assertThat(verified(client)).isNull();
    assertThat(client.post(PHONE, number("US", "555-555-0101")).status()).isEqualTo(200);
  }

  @Test
  void numbersAreCheckedAndWrittenInternationally() {
    assertThat(client.post(PHONE, number("XX", "555-555-0100")).faults())
        .containsExactly("iso_code: Must be an ISO 3166 country code of two letters");
    assertThat(client.post(PHONE, number("US", "0100")).faults())
        .containsExactly("phone_number: Is not a valid phone number of this country");
    assertThat(client.post(PHONE, Map.of("iso_code", "US")).faults())
        .containsExactly("phone_number: Is required");
    client.post(PHONE, number("DE", "030 901820"));
    assertThat(messages().getLast()).containsEntry("to", "+4930901820");
    client.post(PHONE, number("GB", "+44 20 7946 0018"));
    assertThat(messages().getLast()).containsEntry("to", "+442079460018");
  }

  @Test
  void everyCountryHasACallingCode() {
    for (String country : java.util.Locale.getISOCountries()) {
      if (!country.equals("TF") && !country.equals("AQ")) {
        assertThat(CallingCodes.of(country)).as(country).isNotNull();
      }
    }
  }
}
