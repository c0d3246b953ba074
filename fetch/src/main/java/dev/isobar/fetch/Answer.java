package dev.isobar.fetch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the API answered to a call.
///
/// @param body a JSON tree as [dev.isobar.model.Json] reads it, else the text; null when it is
///   empty
/// @param rows the body with the method's object key applied: a list's elements, or the one value
public record Answer(int status, @Nullable Object body, List<@Nullable Object> rows) {
  public Answer {
    rows = Collections.unmodifiableList(new ArrayList<>(rows));
  }
}
