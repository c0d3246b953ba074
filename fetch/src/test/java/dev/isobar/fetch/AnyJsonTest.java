package dev.isobar.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.model.ColumnType;
import dev.isobar.model.Json;
import dev.isobar.model.ScanReport.Misfit;
import dev.isobar.plan.ScanColumn;
import dev.isobar.testing.Reply;
import dev.isobar.testing.Samples;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any JSON that an API may send becomes rows with nothing lost, also where it disobeys its schema:
/// every value is in its cell, or the cell is null and counted with a sample.
class AnyJsonTest {
  private static final List<ColumnType> TYPES =
      List.of(
          ColumnType.VARCHAR,
          ColumnType.JSON,
          ColumnType.BIGINT,
          ColumnType.DOUBLE,
          ColumnType.BOOLEAN);
  private static final List<String> KEYS = List.of("a", "b", "é", "a b", "", "@odata.type", "😀");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "1",
          "-7",
          "12.0",
          "1.50",
          "1e3",
          "0.1",
          "9007199254740993",
          "9223372036854775807",
          "9223372036854775808",
          "123456789012345678901234567890",
          "1e400",
          "-1E-400",
          "3.141592653589793238462643383");
  private static final List<String> TEXTS =
      List.of(
          "\"\"",
          "\"x\"",
          "\"12\"",
          "\"007\"",
          "\"1.5\"",
          "\"true\"",
          "\"null\"",
          "\"{\\\"a\\\":1}\"",
          "\"\\u00e9\\n\\t\\\\\\/\"",
          "\"日本 😀\"",
          "\"\\ud83d\\ude00\"",
          "\"\\u0000\"",
          "\" \"");

  private int repeated;

  static LongStream seeds() {
    return LongStream.range(0, 150);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nothingIsLost(long seed) throws InterruptedException {
    Random random = new Random(seed);
    boolean anonymous = random.nextInt(4) == 0;
    List<ScanColumn> columns = new ArrayList<>();
    for (String key : anonymous ? List.of("column_anon") : KEYS) {
      columns.add(new ScanColumn("c" + columns.size(), key, pick(random, TYPES)));
    }
    List<String> rows = new ArrayList<>();
    for (int i = random.nextInt(20); i > 0; i--) {
      rows.add(anonymous ? element(random) : object(random, 3));
    }
    String list = "[" + String.join("," + blank(random), rows) + "]";
    boolean nested = random.nextBoolean();
    String document = nested ? "{\"next\":null,\"data\": " + list + ", \"more\":[{}]}" : list;
    var method = Samples.method("listThings", "/things");
    try (Fixture fixture = new Fixture(_ -> Reply.json(document))) {
      var scan =
          fixture.scan(
              (nested ? method.rowsAt("$.data") : method).build(),
              columns,
              fixture.split("/things"));
      Fixture.Rows read = fixture.read(scan);

      assertThat(read.rows()).as(document).hasSize(rows.size());
      long[] lost = new long[columns.size()];
      for (int i = 0; i < rows.size(); i++) {
        Object row = Json.parse(rows.get(i));
        for (int c = 0; c < columns.size(); c++) {
          Object value =
              anonymous ? row : row instanceof Map<?, ?> map ? map.get(columns.get(c).key()) : null;
          Object cell = read.rows().get(i).get(c);
          if (value != null && cell == null) {
            lost[c]++;
          }
          check(value, cell, columns.get(c).type(), document);
        }
      }
      for (int c = 0; c < columns.size(); c++) {
        String name = columns.get(c).name();
        long counted =
            read.report().misfits().stream()
                .filter(misfit -> misfit.column().equals(name))
                .mapToLong(Misfit::count)
                .sum();
        // A value that a later one of the same key replaces may have been counted.
        assertThat(counted).as(document).isBetween(lost[c], lost[c] + repeated);
      }
    }
  }

  private static void check(
      @Nullable Object value, @Nullable Object cell, ColumnType type, String document) {
    if (value == null) {
      assertThat(cell).as(document).isNull();
      return;
    }
    switch (type) {
      case VARCHAR, TEXT -> {
        if (value instanceof String) {
          assertThat(cell).as(document).isEqualTo(value);
        } else {
          assertThat(Json.parse(String.valueOf(cell))).as(document).isEqualTo(value);
        }
      }
      case JSON -> assertThat(Json.parse(String.valueOf(cell))).as(document).isEqualTo(value);
      case BIGINT -> {
        if (cell != null) {
          assertThat(new BigDecimal(value.toString()))
              .as(document)
              .isEqualByComparingTo(cell.toString());
        } else {
          assertThat(value).as(document).isNotInstanceOf(Long.class);
        }
      }
      case DOUBLE -> {
        if (cell != null) {
          assertThat(cell).as(document).isEqualTo(Double.valueOf(value.toString()));
        } else {
          assertThat(value).as(document).isNotInstanceOf(Long.class);
        }
      }
      case BOOLEAN -> {
        if (cell != null) {
          assertThat(value.toString()).as(document).isEqualTo(cell.toString());
        } else {
          assertThat(value).as(document).isNotInstanceOf(Boolean.class);
        }
      }
      case DECIMAL -> throw new IllegalArgumentException("no column of this type here");
    }
  }

  private static <T> T pick(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static String blank(Random random) {
    return pick(random, List.of("", "", " ", "\n\t", "\r\n  "));
  }

  /// A row that is no object; a null is none.
  private String element(Random random) {
    String value = value(random, 3);
    while (value.equals("null") || value.startsWith("{")) {
      value = value(random, 3);
    }
    return value;
  }

  private String value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0, 1 -> pick(random, NUMBERS);
      case 2, 3 -> pick(random, TEXTS);
      case 4 -> pick(random, List.of("true", "false"));
      case 5 -> "null";
      case 6 -> object(random, depth - 1);
      case 7 -> "[".repeat(60) + value(random, 0) + "]".repeat(60);
      default -> {
        List<String> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          elements.add(value(random, depth - 1));
        }
        yield "[" + blank(random) + String.join("," + blank(random), elements) + "]";
      }
    };
  }

  /// May repeat a key, and may have some that no column has.
  private String object(Random random, int depth) {
    List<String> members = new ArrayList<>();
    List<String> used = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      String key = random.nextInt(5) == 0 ? "unknown" : pick(random, KEYS);
      if (used.contains(key)) {
        repeated++;
      }
      used.add(key);
      members.add(Json.write(key) + blank(random) + ":" + blank(random) + value(random, depth));
    }
    return "{" + blank(random) + String.join(blank(random) + ",", members) + "}";
  }
}
