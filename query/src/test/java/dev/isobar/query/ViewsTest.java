package dev.isobar.query;

import static dev.isobar.testing.Samples.input;
import static dev.isobar.testing.Samples.method;
import static dev.isobar.testing.Samples.resource;
import static dev.isobar.testing.Samples.viewed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.Input.Location;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.View;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.SqlVerb;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a query over a provider's view asks the tables behind it.
class ViewsTest {
  /// One thing of any kind, and the list of a kind: the shape of a cloud control API.
  private static final Resource THING =
      resource(
          "acme",
          "control",
          "thing",
          Map.of(
              SqlVerb.SELECT,
              List.of(
                  method("get", "/{region}/things/{TypeName}/{Identifier}")
                      .input(input("region", Location.PATH, true, "string"))
                      .input(input("TypeName", Location.PATH, true, "string"))
                      .input(input("Identifier", Location.PATH, true, "string"))
                      .column("Identifier", "string")
                      .column("Properties", "string")
                      .build())));

  private static final Resource THINGS =
      resource(
          "acme",
          "control",
          "things",
          Map.of(
              SqlVerb.SELECT,
              List.of(
                  method("list", "/{region}/things/{TypeName}")
                      .input(input("region", Location.PATH, true, "string"))
                      .input(input("TypeName", Location.PATH, true, "string"))
                      .column("Identifier", "string")
                      .column("Properties", "string")
                      .build())));

  private static final String ONE =
      "SELECT region, Identifier, JSON_EXTRACT(Properties, '$.Colour') AS colour,"
          + " JSON_EXTRACT(Properties, '$.Size') as size -- of the box\n"
          + "FROM acme.control.thing WHERE TypeName = 'Acme::Box' AND Identifier = '<BoxId>'"
          + " AND region = 'eu-1';";

  private static final Resource BOXES =
      viewed(
          "acme",
          "goods",
          "boxes",
          new View("sqlite3", List.of("Identifier"), ONE),
          new View(
              "sqlite3",
              List.of(),
              "SELECT detail.region, JSON_EXTRACT(detail.Properties, '$.Colour') AS colour,"
                  + " JSON_EXTRACT(detail.Properties, '$.Size') AS size"
                  + " FROM acme.control.things listing"
                  + " INNER JOIN acme.control.thing detail"
                  + " ON detail.Identifier = listing.Identifier AND detail.region = listing.region"
                  + " WHERE listing.TypeName = 'Acme::Box' AND detail.TypeName = 'Acme::Box'"
                  + " AND listing.region = 'eu-1'"),
          new View(
              "postgres",
              List.of(),
              "SELECT region, json_extract_path_text(Properties, 'Colour') AS colour"
                  + " FROM acme.control.things WHERE TypeName = 'Acme::Box' AND region = 'eu-1'"));

  private static final Resource BOXES_LIST =
      viewed(
          "acme",
          "goods",
          "boxes_list_only",
          new View(
              "sqlite3",
              List.of(),
              "SELECT region, JSON_EXTRACT(Properties, '$.Name') AS name FROM acme.control.things"
                  + " WHERE TypeName = 'Acme::Box' AND region = 'eu-1'"));

  private static final Resource NAMED =
      viewed(
          "acme",
          "goods",
          "named",
          new View(
              "",
              List.of(),
              "SELECT Identifier AS name, Properties FROM acme.control.thing"
                  + " WHERE Identifier IN ('one') AND TypeName = 'replace-me'"
                  + " AND region = '{{ home }}'"));

  private static final Resource OPEN =
      viewed(
          "acme",
          "goods",
          "open",
          new View("sqlite3", List.of(), "select * from acme.control.things"),
          new View("duck", List.of(), "SELECT 1"));

  private static final Resource OF_BOXES =
      viewed(
          "acme",
          "goods",
          "of_boxes",
          new View(
              "postgres",
              List.of("region"),
              "WITH b AS (SELECT region, colour FROM acme.goods.boxes WHERE region = 'replace-me')"
                  + " SELECT colour, count(*) AS n FROM b GROUP BY colour"));

  private static final Resource LOOP =
      viewed(
          "acme", "goods", "loop", new View("sqlite3", List.of(), "SELECT * FROM acme.goods.loop"));

  private static final Resource BROKEN =
      viewed(
          "acme",
          "goods",
          "broken",
          new View("sqlite3", List.of(), "SELECT FROM WHERE"),
          new View("sqlite3", List.of(), "SELECT * FROM acme.control.nothing"));

  private static final Resource SECOND =
      viewed(
          "acme",
          "goods",
          "second",
          new View("sqlite3", List.of(), "SELECT region COLLATE FROM, x"),
          new View(
              "postgres",
              List.of(),
              "SELECT Identifier::text AS id FROM acme.control.things t WHERE region = 'eu-1'"
                  + " AND TypeName = 'Acme::Box'"));

  private final Acme acme =
      new Acme(THING, THINGS, BOXES, BOXES_LIST, NAMED, OPEN, OF_BOXES, LOOP, BROKEN, SECOND);

  ViewsTest() {
    for (String region : List.of("eu-1", "us-1")) {
      for (int i = 1; i <= 2; i++) {
        String properties =
            "{\"Name\":\"%s-%d\",\"Colour\":\"%s\",\"Size\":%d}"
                .formatted(region, i, i == 1 ? "red" : "blue", i * 10);
        Map<String, @Nullable Object> row =
            Acme.row("region", region, "TypeName", "Acme::Box", "Identifier", region + "-" + i);
        row.put("Properties", properties);
        acme.add("thing", row);
        acme.add("things", row);
      }
    }
  }

  @AfterEach
  void close() {
    acme.close();
  }

  private List<List<@Nullable Object>> all(String sql) {
    return acme.all(sql);
  }

  @Test
  void literalsOfTheViewAreItsDefaults() {
    assertThat(all("SELECT name FROM acme.goods.boxes_list_only ORDER BY name"))
        .containsExactly(List.of("eu-1-1"), List.of("eu-1-2"));
    assertThat(acme.reads).containsExactly("things.list[region=eu-1, TypeName=Acme::Box]");
  }

  @Test
  void anEqualityOutsideReplacesTheDefault() {
    assertThat(
            all(
                "SELECT region, name FROM acme.goods.boxes_list_only WHERE region = 'us-1'"
                    + " AND name LIKE '%2'"))
        .containsExactly(List.of("us-1", "us-1-2"));
    assertThat(acme.reads).containsExactly("things.list[region=us-1, TypeName=Acme::Box]");
  }

  @Test
  void aListOutsideReplacesTheDefault() {
    assertThat(
            all(
                "SELECT b.name FROM acme.goods.boxes_list_only AS b"
                    + " WHERE b.REGION IN ('us-1', 'eu-1') ORDER BY 1"))
        .hasSize(4);
    assertThat(acme.reads).hasSize(2);
  }

  @Test
  void theListReadsTheDetails() {
    assertThat(all("SELECT colour, size FROM acme.goods.boxes WHERE colour = 'red'"))
        .containsExactly(List.of("red", "10"));
    assertThat(acme.reads)
        .containsExactlyInAnyOrder(
            "things.list[region=eu-1, TypeName=Acme::Box]",
            "thing.get[TypeName=Acme::Box, region=eu-1, Identifier=eu-1-1]",
            "thing.get[TypeName=Acme::Box, region=eu-1, Identifier=eu-1-2]");
  }

  @Test
  void aRequiredParameterChoosesTheViewOfOne() {
    assertThat(
            all(
                "SELECT colour FROM acme.goods.boxes"
                    + " WHERE Identifier = 'us-1-2' AND region = 'us-1'"))
        .containsExactly(List.of("blue"));
    assertThat(acme.reads)
        .containsExactly("thing.get[region=us-1, TypeName=Acme::Box, Identifier=us-1-2]");
  }

  @Test
  void aParameterThatTheViewDoesNotShowIsTaken() {
    assertThat(
            all(
                "SELECT name FROM acme.goods.named WHERE name = 'us-1-1'"
                    + " AND TypeName = 'Acme::Box' AND region = 'us-1'"))
        .containsExactly(List.of("us-1-1"));
    assertThat(acme.reads)
        .containsExactly("thing.get[region=us-1, TypeName=Acme::Box, Identifier=us-1-1]");
  }

  @Test
  void whatOnlyStandsForAValueIsMissing() {
    assertThatThrownBy(() -> all("SELECT name FROM acme.goods.named WHERE region = 'x'"))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.MISSING_REQUIRED_PARAMETER);
              assertThat(e.getMessage())
                  .isEqualTo("`acme.goods.named` cannot be reached by SELECT without `TypeName`.");
              assertThat(e.span()).isNotNull();
            });
    assertThat(acme.reads).isEmpty();
  }

  @Test
  void aRequiredParameterThatIsNotGivenIsMissing() {
    assertThatThrownBy(() -> all("SELECT * FROM acme.goods.of_boxes"))
        .hasMessage("`acme.goods.of_boxes` cannot be reached by SELECT without `region`.");
  }

  @Test
  void whatATableBehindLacksIsTold() {
    assertThatThrownBy(() -> all("SELECT * FROM acme.goods.open WHERE region = 'x'"))
        .hasMessage(
            "The view `acme.goods.open`: `acme.control.things` cannot be reached by SELECT without"
                + " `TypeName`.");
  }

  @Test
  void parametersReachTheTablesBehindAView() {
    assertThat(
            all(
                "SELECT Identifier FROM acme.goods.open WHERE region = 'us-1'"
                    + " AND TypeName = 'Acme::Box' ORDER BY 1"))
        .containsExactly(List.of("us-1-1"), List.of("us-1-2"));
  }

  @Test
  void viewsMayReadViews() {
    assertThat(all("SELECT * FROM acme.goods.of_boxes WHERE region = 'us-1' ORDER BY colour"))
        .containsExactly(List.of("blue", 1L), List.of("red", 1L));
    assertThat(acme.reads).contains("things.list[region=us-1, TypeName=Acme::Box]");
  }

  @Test
  void aParameterGivenOnceIsMeantForEveryViewAndTable() {
    assertThat(
            all(
                "SELECT o.name, b.colour, t.Identifier FROM acme.goods.boxes_list_only o"
                    + " JOIN acme.goods.boxes b ON b.region = o.region"
                    + " JOIN acme.control.things t ON t.Identifier = o.name"
                    + " WHERE region = 'us-1' AND t.TypeName = 'Acme::Box' AND b.colour = 'red'"
                    + " ORDER BY 1"))
        .containsExactly(List.of("us-1-1", "red", "us-1-1"), List.of("us-1-2", "red", "us-1-2"));
    assertThat(acme.reads).allMatch(read -> read.contains("region=us-1"));
  }

  @Test
  void aViewMayBindAnotherTable() {
    assertThat(
            all(
                "SELECT d.Properties FROM acme.goods.boxes_list_only b"
                    + " JOIN acme.control.thing d ON d.Identifier = b.name"
                    + " WHERE d.region = 'eu-1' AND d.TypeName = 'Acme::Box'"))
        .hasSize(2);
  }

  @Test
  void qualifiedNamesMeanTheView() {
    assertThat(
            all(
                "SELECT acme.goods.boxes_list_only.name, boxes_list_only.region"
                    + " FROM acme.goods.boxes_list_only"
                    + " WHERE acme.goods.boxes_list_only.region = 'us-1' ORDER BY 1 LIMIT 1"))
        .containsExactly(List.of("us-1-1", "us-1"));
  }

  @Test
  void theOtherDialectIsReadWhereTheFirstCannotBe() {
    assertThat(all("SELECT id FROM acme.goods.second ORDER BY id"))
        .containsExactly(List.of("eu-1-1"), List.of("eu-1-2"));
  }

  @Test
  void aViewOfItselfIsRefused() {
    assertThatThrownBy(() -> all("SELECT * FROM acme.goods.loop"))
        .hasMessage("The view `acme.goods.loop` cannot be used: it reads itself.");
  }

  @Test
  void aBrokenViewTellsWhy() {
    assertThatThrownBy(() -> all("SELECT * FROM acme.goods.broken"))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DOCUMENT);
              assertThat(e.getMessage()).contains("acme.goods.broken").contains("nothing");
            });
  }

  @Test
  void explainShowsTheRequestsBehind() {
    assertThat(acme.query("SELECT colour FROM acme.goods.boxes WHERE region = 'us-1'").tables())
        .extracting(scan -> scan.table().resource().name().toString())
        .containsExactly("acme.control.things", "acme.control.thing");
  }

  @Test
  void theTablesBehindAreAskedWithTheAccountOfTheView() {
    assertThat(
            acme.query("SELECT name FROM \"acme@dev\".goods.boxes_list_only WHERE region = 'us-1'")
                .tables())
        .extracting(scan -> scan.table().provider().name())
        .containsExactly("acme@dev");
  }
}
