package dev.isobar.fetch;

import dev.isobar.model.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A request did not give what it should. Caught inside this module, where the name of what was
/// asked for is known.
final class FetchFailure extends Exception {
  private static final long serialVersionUID = 1L;

  final ErrorCode code;

  /// A clause without its full stop, such as `the API answered 500`; no secrets.
  final String what;

  final String hint;

  /// The HTTP status, or 0 when there was no answer.
  final int status;

  final Repeat repeat;

  /// How long the API asked to wait, or null.
  final transient @Nullable Duration retryAfter;

  FetchFailure(ErrorCode code, String what, String hint, int status, Repeat repeat) {
    this(code, what, hint, status, repeat, null);
  }

  FetchFailure(
      ErrorCode code,
      String what,
      String hint,
      int status,
      Repeat repeat,
      @Nullable Duration retryAfter) {
    super(what);
    this.code = code;
    this.what = what;
    this.hint = hint;
    this.status = status;
    this.repeat = repeat;
    this.retryAfter = retryAfter;
  }

  /// A failure without an answer's status.
  static FetchFailure of(ErrorCode code, String what, String hint, Repeat repeat) {
    return new FetchFailure(code, what, hint, 0, repeat);
  }

  FetchFailure saying(String what) {
    return new FetchFailure(code, what, hint, status, repeat, retryAfter);
  }

  FetchFailure hinting(String hint) {
    return new FetchFailure(code, what, hint, status, repeat, retryAfter);
  }

  /// Whether sending the same request again makes sense.
  enum Repeat {
    /// It would fail again.
    USELESS,
    /// It may help, and what the request asked for may have been done already.
    MAYBE_DONE,
    /// It may help, and certainly nothing was done yet.
    NOT_DONE
  }
}
