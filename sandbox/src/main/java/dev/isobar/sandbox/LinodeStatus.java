package dev.isobar.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Things that take time: an entity keeps which status it reaches when, and shows the one that the
/// clock is at. No timer runs, so a clock that is advanced by hand skips the waiting.
final class LinodeStatus {
  private static final String STEPS = "_steps";
  private static final Set<String> SETTLED = Set.of("running", "offline", "stopped");

  private LinodeStatus() {}

  /// Sets the statuses that the entity goes through from now on.
  ///
  /// @param steps a status, the seconds it lasts, a status, the seconds it lasts…, the last status
  static void go(Map<String, @Nullable Object> entity, Instant now, Object... steps) {
    List<Object> plan = new ArrayList<>();
    long at = now.toEpochMilli();
    for (int i = 0; i < steps.length; i += 2) {
      plan.add(List.of(steps[i], at));
      if (i + 1 < steps.length && steps[i + 1] instanceof Integer seconds) {
        at += seconds * 1000L;
      }
    }
    entity.put("status", steps[0]);
    entity.put(STEPS, plan);
  }

  /// The entity with the status of now and without what it keeps for itself.
  static Map<String, @Nullable Object> present(Map<String, @Nullable Object> entity, Instant now) {
    Object steps = entity.get(STEPS);
    if (steps == null) {
      return entity;
    }
    Map<String, @Nullable Object> shown = Values.copy(entity);
    shown.remove(STEPS);
    for (Object step : Values.list(steps)) {
      List<@Nullable Object> pair = Values.list(step);
      if (pair.get(1) instanceof Number at && at.longValue() <= now.toEpochMilli()) {
        shown.put("status", pair.getFirst());
      }
    }
    return shown;
  }

  /// Refuses while something is under way.
  static void refuseBusy(Map<String, @Nullable Object> instance) {
    if (!SETTLED.contains(String.valueOf(instance.get("status")))) {
      throw new Refusal(400, null, "Linode busy.");
    }
  }

  static boolean isRunning(Map<String, @Nullable Object> instance) {
    return "running".equals(instance.get("status"));
  }
}
