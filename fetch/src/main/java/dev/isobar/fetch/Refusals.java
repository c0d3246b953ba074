package dev.isobar.fetch;

import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.fetch.auth.Credential;
import dev.isobar.model.ErrorCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What an answer with an error status means.
final class Refusals {
  private Refusals() {}

  /// @param scopes that the method needs
  static FetchFailure of(
      Response response, List<String> scopes, Credential credential, Instant now) {
    String said = ApiErrors.text(response, credential.redaction());
    String quoted = said.isEmpty() ? "" : ": `" + said + "`";
    String answered = "the API answered " + status(response.status);
    Duration wait = retryAfter(response, now);
    return switch (response.status) {
      case 401 ->
          refused(
              response,
              credential.isPresent()
                  ? "the API refused the credential in " + credential.source() + quoted
                  : "the API wants a credential" + quoted,
              unauthorized(credential));
      case 403 ->
          refused(
              response,
              "the API does not allow this"
                  + (credential.isPresent()
                      ? " with the credential in " + credential.source()
                      : " without a credential")
                  + quoted,
              forbidden(scopes, credential));
      case 429 ->
          new FetchFailure(
              ErrorCode.RATE_LIMITED,
              "the API asks for fewer requests" + quoted,
              "Ask for less at once (--concurrency), or come back later.",
              429,
              // Without Retry-After there is no telling whether a proxy answered for an API that
              // had the request already.
              wait == null ? Repeat.MAYBE_DONE : Repeat.NOT_DONE,
              wait);
      case 408, 500, 502, 503, 504 ->
          new FetchFailure(
              ErrorCode.REQUEST_FAILED,
              answered + quoted,
              "",
              response.status,
              Repeat.MAYBE_DONE,
              wait);
      default ->
          new FetchFailure(
              ErrorCode.REQUEST_FAILED, answered + quoted, "", response.status, Repeat.USELESS);
    };
  }

  private static FetchFailure refused(Response response, String what, String hint) {
    return new FetchFailure(
        ErrorCode.AUTHENTICATION_FAILED, what, hint, response.status, Repeat.USELESS);
  }

  private static String unauthorized(Credential credential) {
    if (credential.isPresent()) {
      return "It may have expired or been revoked: create another and set it.";
    }
    return credential.missing().isEmpty()
        ? ""
        : "None was sent, because " + credential.missing() + ".";
  }

  private static String forbidden(List<String> scopes, Credential credential) {
    if (!scopes.isEmpty()) {
      return "The method needs "
          + scopes.stream()
              .map(scope -> "`" + scope + "`")
              .collect(Collectors.joining(" and ", "the scope ", ""))
          + ".";
    }
    return credential.isPresent() ? "" : unauthorized(credential);
  }

  /// How long the answer asks to wait, never negative; null when it does not say.
  static @Nullable Duration retryAfter(Response response, Instant now) {
    String value = response.header("Retry-After").strip();
    if (value.isEmpty()) {
      return null;
    }
    if (value.matches("\\d{1,9}(\\.\\d{1,9})?")) {
      return Duration.ofMillis(Math.round(Double.parseDouble(value) * 1000));
    }
    Instant date = date(value);
    if (date == null) {
      return null;
    }
    Duration wait = Duration.between(clock(response, now), date);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /// The time by the clock that the answer's times refer to: the API's own where it tells.
  static Instant clock(Response response, Instant now) {
    Instant date = date(response);
    return date == null ? now : date;
  }

  /// What the API's clock showed; null when the answer does not tell.
  static @Nullable Instant date(Response response) {
    return date(response.header("Date"));
  }

  private static @Nullable Instant date(String text) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static String status(int status) {
    String name =
        switch (status) {
          case 400 -> " Bad Request";
          case 404 -> " Not Found";
          case 405 -> " Method Not Allowed";
          case 408 -> " Request Timeout";
          case 409 -> " Conflict";
          case 410 -> " Gone";
          case 412 -> " Precondition Failed";
          case 413 -> " Content Too Large";
          case 415 -> " Unsupported Media Type";
          case 422 -> " Unprocessable Content";
          case 500 -> " Internal Server Error";
          case 501 -> " Not Implemented";
          case 502 -> " Bad Gateway";
          case 503 -> " Service Unavailable";
          case 504 -> " Gateway Timeout";
          default -> "";
        };
    return status + name;
  }
}
