package dev.isobar.model;

import org.jspecify.annotations.Nullable;

/// The one exception that crosses a module boundary.
///
/// The message is one sentence that says what happened, with the actual value in back-ticks; the
/// hint says what to do next. Neither ever holds a secret.
public final class IsobarException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String text;
  private final String hint;
  private final transient @Nullable Span span;

  public IsobarException(ErrorCode code, String message, String hint) {
    this(code, message, hint, null, null);
  }

  public IsobarException(ErrorCode code, String message, String hint, @Nullable Span span) {
    this(code, message, hint, span, null);
  }

  public IsobarException(
      ErrorCode code, String message, String hint, @Nullable Span span, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.text = message;
    this.hint = hint;
    this.span = span;
  }

  public ErrorCode code() {
    return code;
  }

  /// The message, never null (unlike [#getMessage()], which the type system cannot know).
  public String text() {
    return text;
  }

  /// What to do next; empty when there is nothing to advise.
  public String hint() {
    return hint;
  }

  /// The part of the script at fault, or null when the error has no place in it.
  public @Nullable Span span() {
    return span;
  }

  /// The same error, placed at `at` unless it has a place already.
  public IsobarException withSpan(Span at) {
    return span != null ? this : new IsobarException(code, text, hint, at, this);
  }
}
