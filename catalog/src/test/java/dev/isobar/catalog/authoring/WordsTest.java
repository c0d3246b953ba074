package dev.isobar.catalog.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "HTTPRequest-Id, http_request_id",
    "VPCs, vpcs",
    "listVPCs, list_vpcs",
    "Network-VPCs/byId, network_vpcs_by_id",
    "already_Snake, already_snake",
    "some_VMs_list, some_vms_list",
    "2faCodes, _2fa_codes",
    "--, ''",
  })
  void namesForSqlSplitWordsAsColumnsDo(String name, String snake) {
    assertThat(Words.snake(name)).isEqualTo(snake);
  }
}
