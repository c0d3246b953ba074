package dev.isobar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.model.ScanReport;
import dev.isobar.model.ScanReport.Completeness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How many requests statements send.
class ScanRequestsTest {
  private static SandboxSession sessionOf(int linodes) {
    return SandboxSession.start(
        options -> options.withRows(Map.of("linodes", linodes)), options -> options);
  }

  @Test
  void aJoinSendsOneListAndOneDetailForEachKey() {
    try (SandboxSession session = sessionOf(40)) {
      List<ScanReport> scans =
          session.scans(
              "SELECT i.label, d.size FROM linode.instances.linodes i"
                  + " JOIN linode.instances.disks d ON d.linodeId = i.id");
      assertThat(scans)
          .extracting(scan -> scan.resource().resource(), ScanReport::requests)
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple("linodes", 1L),
              org.assertj.core.groups.Tuple.tuple("disks", 40L));
    }
  }

  @Test
  void conditionsOnTheListNarrowTheDetails() {
    try (SandboxSession session = sessionOf(40)) {
      List<ScanReport> scans =
          session.scans(
              "SELECT d.size FROM linode.instances.linodes i"
                  + " JOIN linode.instances.disks d ON d.linodeId = i.id"
                  + " WHERE i.id IN (SELECT id FROM linode.instances.linodes ORDER BY id LIMIT 3)"
                  + " AND i.label IS NOT NULL AND i.id % 2 = 0");
      assertThat(
              scans.stream()
                  .filter(scan -> scan.resource().resource().equals("disks"))
                  .mapToLong(ScanReport::requests)
                  .sum())
          .isEqualTo(1);
    }
  }

  @Test
  void aLimitSendsAHandfulOfRequests() {
    try (SandboxSession session = sessionOf(50_000)) {
      assertThat(requests(session, "SELECT * FROM linode.instances.linodes LIMIT 5")).isEqualTo(1);
      assertThat(requests(session, "SELECT label FROM linode.instances.linodes LIMIT 700"))
          .isBetween(2L, 4L);
      assertThat(
              requests(
                  session,
                  "SELECT label FROM linode.instances.linodes WHERE status IS NOT NULL LIMIT 5"))
          .isBetween(1L, 8L);
    }
  }

  @Test
  void everyPageOfALongListIsRead() {
    try (SandboxSession session = sessionOf(10_250)) {
      List<ScanReport> scans =
          session.scans("SELECT count(*), min(created) FROM linode.instances.linodes");
      assertThat(scans)
          .singleElement()
          .satisfies(scan -> {
            assertThat(scan.requests()).isEqualTo(21);
            assertThat(scan.pages()).isEqualTo(21);
            assertThat(scan.rows()).isEqualTo(10_250);
            assertThat(scan.completeness()).isEqualTo(Completeness.COMPLETE);
          });
      assertThat(session.rows("SELECT count(*) FROM linode.instances.linodes"))
          .containsExactly(List.of(10_250L));
    }
  }

  @Test
  void aPageThatTheStatementNamesIsReadAlone() {
    try (SandboxSession session = sessionOf(100)) {
      assertThat(
              session.rows(
                  "SELECT count(*), min(page), min(page_size) FROM linode.instances.linodes"
                      + " WHERE page = 2 AND page_size = 30"))
          .containsExactly(List.of(30L, 2L, 30L));
    }
  }

  @Test
  void aCappedScanFailsUnlessAWarningWillDo() {
    try (SandboxSession session =
        SandboxSession.start(
            options -> options.withRows(Map.of("linodes", 1_500)),
            options -> options.withPageLimit(2))) {
      String count = "SELECT count(*) FROM linode.instances.linodes";
      org.assertj.core.api.Assertions.assertThatExceptionOfType(
              dev.isobar.model.IsobarException.class)
          .isThrownBy(() -> session.rows(count))
          .satisfies(e -> {
            assertThat(e.code()).isEqualTo(dev.isobar.model.ErrorCode.INCOMPLETE);
            assertThat(e.hint()).contains("on_incomplete");
          });
      session.rows("SET on_incomplete = 'warn'");
      assertThat(session.rows(count)).containsExactly(List.of(1_000L));
      assertThat(session.scans(count))
          .singleElement()
          .extracting(ScanReport::completeness)
          .isEqualTo(Completeness.CAPPED);
    }
  }

  private static long requests(SandboxSession session, String sql) {
    return session.scans(sql).stream().mapToLong(ScanReport::requests).sum();
  }
}
