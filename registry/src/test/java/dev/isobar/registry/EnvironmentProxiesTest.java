package dev.isobar.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.model.IsobarException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentProxiesTest {
  private static @Nullable URI proxy(String environment, String uri) {
    Map<String, String> variables = new HashMap<>();
    for (String each : environment.split(" ", -1)) {
      int equals = each.indexOf('=');
      variables.put(each.substring(0, equals), each.substring(equals + 1));
    }
    return new EnvironmentProxies(variables::get).proxy(URI.create(uri));
  }

  @ParameterizedTest
  @CsvSource({
    "https_proxy=http://p:1 http_proxy=http://q:2, https://a.example/x, http://p:1",
    "https_proxy=http://p:1 http_proxy=http://q:2, http://a.example/x, http://q:2",
    "HTTPS_PROXY=p:1, https://a.example, http://p:1",
    "all_proxy=http://p:1, https://a.example, http://p:1",
    "https_proxy= ALL_PROXY=http://p, https://a.example, http://p",
    "http_proxy=http://p:1, https://a.example,",
    "https_proxy=http://p:1 no_proxy=a.example, https://a.example,",
    "https_proxy=http://p:1 no_proxy=example, https://a.example,",
    "https_proxy=http://p:1 no_proxy=.example, https://a.example,",
    "https_proxy=http://p:1 NO_PROXY=b.example:443;*.example, https://a.example, http://p:1",
    "https_proxy=http://p:1 no_proxy=ample, https://a.example, http://p:1",
    "https_proxy=http://p:1 no_proxy=*, https://a.example,",
  })
  void readsTheEnvironmentAsOthersDo(String environment, String uri, @Nullable URI expected) {
    assertThat(proxy(environment, uri)).isEqualTo(expected);
  }

  @Test
  void theProxysPasswordIsNotInTheError() {
    assertThatThrownBy(() -> proxy("https_proxy=socks5://user:s3cret@p:1", "https://a.example"))
        .isInstanceOf(IsobarException.class)
        .hasMessageContaining("`https_proxy`")
        .hasMessageNotContaining("s3cret");
  }
}
