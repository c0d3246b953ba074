package dev.isobar.fetch;

import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.model.ErrorCode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// A failure on its way through those who read a stream and know nothing of requests.
final class BrokenBody extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient FetchFailure failure;

  BrokenBody(FetchFailure failure) {
    super(failure.what, failure);
    this.failure = failure;
  }

  FetchFailure failure() {
    return failure;
  }

  /// What reading a body failed with.
  static FetchFailure failure(@Nullable IOException e) throws InterruptedException {
    return switch (e) {
      case BrokenBody broken -> broken.failure;
      case InterruptedIOException _ -> throw new InterruptedException();
      case EOFException _ -> ConnectionFailures.truncated();
      case ZipException _ ->
          FetchFailure.of(
              ErrorCode.REQUEST_FAILED,
              "the API's answer says that it is gzip, and is not",
              "",
              Repeat.MAYBE_DONE);
      case null, default -> ConnectionFailures.truncated();
    };
  }
}
