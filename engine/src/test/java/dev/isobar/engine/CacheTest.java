package dev.isobar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.model.ScanReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `SET cache_ttl`, from the statement to the report of its scans.
class CacheTest {
  private static final String TAGS = "SELECT label FROM linode.tags.tags ORDER BY label";

  @Test
  void theSameStatementNeedsNoRequestUntilTheSessionChangesSomething() {
    try (SandboxSession session = SandboxSession.start()) {
      assertThat(session.scans(TAGS).getFirst().requests()).isPositive();
      assertThat(session.scans(TAGS).getFirst().requests()).isPositive();
      session.rows("SET cache_ttl = '1h'");
      List<?> before = session.rows(TAGS);
      ScanReport again = session.scans(TAGS).getFirst();
      assertThat(again.requests()).isZero();
      assertThat(again.cacheHits()).isEqualTo(again.pages()).isPositive();
      assertThat(again.rows()).isEqualTo(before.size());
      assertThat(again.cacheAgeSeconds()).isNotNegative();
      session.rows("INSERT INTO linode.tags.tags (data__label) VALUES ('zz-new')");
      assertThat(session.rows(TAGS)).hasSize(before.size() + 1).contains(List.of("zz-new"));
      assertThat(session.scans(TAGS).getFirst().requests()).isZero();
      session.rows("SET cache_ttl = 'off'");
      assertThat(session.scans(TAGS).getFirst().requests()).isPositive();
      session.rows("SET cache_ttl = DEFAULT");
      assertThat(session.scans(TAGS).getFirst().cacheHits()).isZero();
    }
  }

  @Test
  void whatIsCachedCostsNoBudget() {
    try (SandboxSession session = SandboxSession.start()) {
      session.rows("SET cache_ttl = '1h'");
      List<?> rows = session.rows(TAGS);
      session.rows("SET max_requests = 1");
      for (int i = 0; i < 5; i++) {
        assertThat(session.rows(TAGS)).isEqualTo(rows);
      }
    }
  }
}
