package dev.isobar.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The verified telephone number of a user: a six-digit code goes out as a text message, and who
/// sends it back in time has the number verified.
final class LinodePhone {
  private static final Duration VALID = Duration.ofMinutes(10);
  private static final String PENDING = "/profile/phone-number";
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private LinodePhone() {}

  /// `POST /profile/phone-number`: sends a code, the same again while it is valid.
  static Object send(Exchange exchange) {
    String iso = String.valueOf(exchange.body().get("iso_code"));
    String number = international(iso, String.valueOf(exchange.body().get("phone_number")));
    if (profile(exchange).get("verified_phone_number") != null) {
      throw new Refusal(
          400,
          "phone_number",
          "A phone number is verified already; delete it before another is verified");
    }
    sent(exchange, number);
    return Map.of();
  }

  private static Map<String, @Nullable Object> sent(Exchange exchange, String number) {
    Store store = exchange.store();
    Map<String, @Nullable Object> pending = store.storedObject(key(exchange));
    boolean again =
        pending != null
            && number.equals(pending.get("number"))
            && exchange.now().isBefore(until(pending));
    if (pending == null || !again) {
      long bits = Scope.mix(store.seed() ^ Scope.hash(key(exchange) + number), store.version());
      pending =
          LinodeCatalog.row(
              "number", number,
              "code", String.format(Locale.ROOT, "%06d", Math.floorMod(bits, 1_000_000L)),
              "until", exchange.now().plus(VALID).toString());
      store.putObject(key(exchange), pending);
    }
    String code = String.valueOf(pending.get("code"));
    store.send(number, "Your Linode verification code is " + code, code);
    return pending;
  }

  /// `POST /profile/phone-number/verify`.
  static Object verify(Exchange exchange) {
    Store store = exchange.store();
    String given = String.valueOf(exchange.body().get("otp_code"));
    Map<String, @Nullable Object> pending = store.storedObject(key(exchange));
    if (pending == null || !given.equals(pending.get("code"))) {
      boolean elsewhere =
          store.messages().stream().anyMatch(message -> message.code().equals(given));
      String reason =
          pending == null
              ? elsewhere
                  ? "This code was sent to another user"
                  : "No code was sent to this user; request one first"
              : "The code is wrong";
      throw new Refusal(400, "otp_code", reason);
    }
    if (!exchange.now().isBefore(until(pending))) {
      throw new Refusal(400, "otp_code", "The code has expired; request another one");
    }
    setNumber(exchange, pending.get("number"));
    store.dropObject(key(exchange));
    LinodeEvents.add(exchange, "user_update", entity(exchange));
    return Map.of();
  }

  /// Sends the user a code, whatever was verified before, and tells it.
  static String sampleCode(Exchange exchange) {
    delete(exchange);
    Map<String, @Nullable Object> pending = sent(exchange, "+15555550100");
    return String.valueOf(pending.get("code"));
  }

  /// `DELETE /profile/phone-number`.
  static Object delete(Exchange exchange) {
    if (profile(exchange).get("verified_phone_number") != null) {
      setNumber(exchange, null);
      LinodeEvents.add(exchange, "user_update", entity(exchange));
    }
    exchange.store().dropObject(key(exchange));
    return Map.of();
  }

  private static Map<String, @Nullable Object> entity(Exchange exchange) {
    String username = LinodeEvents.username(exchange.user());
    return LinodeCatalog.row(
        "id", null, "label", username, "type", "profile", "url", "/v4/profile");
  }

  private static void setNumber(Exchange exchange, @Nullable Object number) {
    Map<String, @Nullable Object> profile = Values.copy(profile(exchange));
    profile.put("verified_phone_number", number);
    exchange.store().putObject("/profile@" + exchange.user(), profile);
  }

  private static Map<String, @Nullable Object> profile(Exchange exchange) {
    Store store = exchange.store();
    Map<String, @Nullable Object> stored = store.storedObject("/profile@" + exchange.user());
    if (stored != null) {
      return stored;
    }
    Route route = store.router().routes("GET", "/profile").getFirst();
    Map<String, @Nullable Object> profile =
        store.object(route, java.util.List.of(), exchange.user(), Operations.rowFields(route));
    return profile == null ? Map.of() : profile;
  }

  private static String key(Exchange exchange) {
    return PENDING + "@" + exchange.user();
  }

  private static Instant until(Map<String, @Nullable Object> pending) {
    return Instant.parse(String.valueOf(pending.get("until")));
  }

  /// The number in the form of E.164: `+15555550100`.
  private static String international(String iso, String number) {
    String country = iso.toUpperCase(Locale.ROOT);
    if (!COUNTRIES.contains(country)) {
      throw new Refusal(400, "iso_code", "Must be an ISO 3166 country code of two letters");
    }
    String code = CallingCodes.of(country);
    if (code == null) {
      throw new Refusal(400, "iso_code", "This country has no telephone numbers");
    }
    String digits = number.replaceAll("[ ()./-]", "");
    if (digits.startsWith("+" + code)) {
      digits = digits.substring(code.length() + 1);
    }
    String national =
        digits.startsWith("0") && !country.equals("IT") ? digits.substring(1) : digits;
    if (code.equals("1") && national.length() == 11 && national.startsWith("1")) {
      national = national.substring(1);
    }
    boolean american = code.equals("1");
    String shape =
        american ? "[2-9][0-9]{2}[2-9][0-9]{6}" : "[0-9]{4," + (15 - code.length()) + "}";
    if (!national.matches(shape)) {
      throw new Refusal(400, "phone_number", "Is not a valid phone number of this country");
    }
    return "+" + code + national;
  }
}
