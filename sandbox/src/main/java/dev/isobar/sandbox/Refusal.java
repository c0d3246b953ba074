package dev.isobar.sandbox;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request that is answered with an error. Never leaves this module.
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient List<Fault> faults;
  private final transient Map<String, String> headers;

  Refusal(int status, List<Fault> faults, Map<String, String> headers) {
    super(faults.toString(), null, false, false);
    this.status = status;
    this.faults = List.copyOf(faults);
    this.headers = Map.copyOf(headers);
  }

  Refusal(int status, @Nullable String field, String reason) {
    this(status, List.of(new Fault(field, reason)), Map.of());
  }

  static Refusal notFound() {
    return new Refusal(404, null, "Not found");
  }

  int status() {
    return status;
  }

  List<Fault> faults() {
    return faults;
  }

  Map<String, String> headers() {
    return headers;
  }
}
