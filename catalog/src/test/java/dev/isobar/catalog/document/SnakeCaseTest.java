package dev.isobar.catalog.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnakeCaseTest {
  @ParameterizedTest
  @CsvSource({
    "MaxItems, max_items",
    "HTTPRequestId, http_request_id",
    "GatewayARNs, gateway_arns",
    "nextToken, next_token",
    "S3Bucket, s3_bucket",
    "Ec2InstanceId, ec2_instance_id",
    "DBInstances, db_instances",
    "already_Snake, already_Snake",
    "id, id",
  })
  void splitsWordsAsAwsDoes(String name, String snake) {
    assertThat(SnakeCase.of(name)).isEqualTo(snake);
  }
}
