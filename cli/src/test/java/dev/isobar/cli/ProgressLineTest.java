package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.model.Progress;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  @Test
  void tellsWhatTheStatementDidSinceItBegan() {
    Progress before = new Progress(10, 10, 10, 1000, 0, 0);
    Progress now = new Progress(2010, 1244, 5010, 51_000, 3, 0);
    assertThat(ProgressLine.text(before, now, now, 2_000_000_000L))
        .isEqualTo("pages 1,234 of 5,000 · 50,000 rows · 1,000 requests/s · 3 sent again");
  }

  @Test
  void saysThatTheApiAsksForFewerRequests() {
    Progress last = new Progress(1, 1, 1, 1, 0, 5);
    Progress now = new Progress(1, 1, 1, 1, 0, 6);
    assertThat(ProgressLine.text(Progress.NONE, last, now, 1_000_000_000L))
        .isEqualTo(
            "pages 1 · 1 rows · 1 requests/s · waiting, because the API asks for fewer requests");
  }
}
