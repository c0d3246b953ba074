package dev.isobar.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.fetch.Budget;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private final List<Long> limits = new ArrayList<>();
  private final Settings settings = new Settings(limits::add);

  @ParameterizedTest
  @CsvSource({
    "32MB, 32000000",
    "512mb, 512000000",
    "1.5 GB, 1500000000",
    "2GiB, 2147483648",
    "64MiB, 67108864",
    "100000kb, 100000000",
    "40000KiB, 40960000",
    "1TB, 1000000000000",
    "1TiB, 1099511627776",
    "OFF, 0"
  })
  void sizes(String text, long bytes) {
    settings.set("MAX_MEMORY", text);
    assertThat(limits).containsExactly(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "31MB", "-1GB", "1e9MB", "1XB", "999999999999999999TB", "on"})
  void whatIsNoSize(String text) {
    assertRefused("max_memory", text, "`max_memory` cannot be `" + text + "`.", "'512MB'");
    assertThat(limits).isEmpty();
  }

  @Test
  void nullIsNoSize() {
    assertRefused("max_memory", null, "`max_memory` cannot be ``.", "'512MB'");
  }

  @Test
  void budgets() {
    assertThat(settings.budget()).isEqualTo(Budget.UNLIMITED);
    settings.set("max_requests", 5L);
    settings.set("MAX_ROWS", "1000000");
    settings.set("max_seconds", "0.25");
    assertThat(settings.budget()).isEqualTo(new Budget(5, 1_000_000, Duration.ofMillis(250)));
    settings.set("max_requests", "off");
    settings.set("max_rows", "DEFAULT");
    settings.set("max_seconds", "default");
    assertThat(settings.budget()).isEqualTo(Budget.UNLIMITED);
  }

  @ParameterizedTest
  @CsvSource({
    "max_requests, 0",
    "max_requests, -1",
    "max_requests, 1.5",
    "max_requests, many",
    "max_requests, ''",
    "max_rows, 0",
    "max_rows, 1e3",
    "max_rows, 9999999999999999999",
    "max_seconds, 0",
    "max_seconds, 0.0001",
    "max_seconds, -2",
    "max_seconds, 5m",
    "max_seconds, 99999999999"
  })
  void whatIsNoBudget(String name, String text) {
    assertRefused(name, text, "`" + name + "` cannot be `" + text + "`.", "'off'");
    assertThat(settings.budget()).isEqualTo(Budget.UNLIMITED);
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "30, PT30S",
    "5m, PT5M",
    "5 min, PT5M",
    "1H, PT1H",
    "2d, PT48H"
  })
  void times(String text, Duration time) {
    assertThat(settings.cacheBytes()).isZero();
    settings.set("cache_ttl", text);
    assertThat(settings.cacheTtl()).isEqualTo(time);
    assertThat(settings.cacheBytes()).isEqualTo(64_000_000);
    settings.set("cache_ttl", "off");
    assertThat(settings.cacheTtl()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0s", "-1s", "soon", "5 weeks", "1.5h", "9999999999s"})
  void whatIsNoTime(String text) {
    assertRefused("cache_ttl", text, "`cache_ttl` cannot be `" + text + "`.", "'5m'");
  }

  @Test
  void cacheSizes() {
    settings.set("cache_ttl", "5m");
    settings.set("cache_max_bytes", "2MiB");
    assertThat(settings.cacheBytes()).isEqualTo(2 << 20);
    settings.set("cache_max_bytes", 5000L);
    assertThat(settings.cacheBytes()).isEqualTo(5000);
    for (String text : List.of("", "0", "999", "0.5KB", "off", "-1MB", "big")) {
      assertRefused(
          "cache_max_bytes", text, "`cache_max_bytes` cannot be `" + text + "`.", "'64MB'");
    }
    settings.set("cache_max_bytes", "default");
    assertThat(settings.cacheBytes()).isEqualTo(64_000_000);
  }

  @Test
  void onIncomplete() {
    settings.set("on_incomplete", "Warn");
    assertThat(settings.warnWhenIncomplete()).isTrue();
    settings.set("on_incomplete", "error");
    assertThat(settings.warnWhenIncomplete()).isFalse();
    assertRefused("on_incomplete", "off", "`on_incomplete` cannot be `off`.", "'warn'");
  }

  @Test
  void noSuchSetting() {
    assertRefused(
        "max_memori", "1GB", "There is no setting `max_memori`.", "Did you mean `max_memory`?");
  }

  private void assertRefused(String name, @Nullable Object value, String text, String hint) {
    assertThatThrownBy(() -> settings.set(name, value))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
              assertThat(e.text()).isEqualTo(text);
              assertThat(e.hint()).contains(hint);
            });
  }
}
