package dev.isobar.fetch;

import dev.isobar.model.IsobarException;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The most that one statement may take from APIs.
///
/// @param requests attempts that leave; those that buy tokens are not counted
/// @param rows that scans hand on
/// @param time from the start of the statement, or null for any time
public record Budget(long requests, long rows, @Nullable Duration time) {
  /// As much as it takes.
  public static final Budget UNLIMITED = new Budget(Long.MAX_VALUE, Long.MAX_VALUE, null);

  public Budget {
    if (requests < 1 || rows < 1 || (time != null && !time.isPositive())) {
      throw new IllegalArgumentException("a budget must be positive");
    }
  }

  /// What a statement fails with that is not done when the time is over.
  public IsobarException timeIsUp() {
    FetchFailure failure = Allowance.timeIsUp(this);
    String what = failure.what;
    return new IsobarException(
        failure.code,
        Character.toUpperCase(what.charAt(0)) + what.substring(1) + ".",
        failure.hint);
  }

  /// The time in seconds, without zeros at the end.
  String seconds() {
    return time == null
        ? "0"
        : BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
  }
}
