package dev.isobar.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.model.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonEqualityTest {
  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"b\":2}|{\"b\": 2, \"a\": 1}|true",
        "[1,2]|[2,1]|false",
        "[1.0]|[1]|true",
        "{\"a\":null}|{}|false",
        "\"1\"|1|false",
        "x|x|true",
        "x|y|false",
        "null|null|true",
        "{}|[]|false",
      })
  void orderOfKeysDoesNotCount(String left, String right, boolean equal) {
    assertThat(JsonEquality.equal(left, right)).isEqualTo(equal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"Statement\":[{\"Action\":[\"s3:Get\",\"s3:Put\"]}]}|{\"Statement\":{\"Action\":[\"S3:Put\",\"s3:get\"]}}|true",
        "{\"Statement\":[{\"Action\":\"s3:Get\"}]}|{\"Statement\":[{\"Action\":[\"s3:Get\"]}]}|true",
        "{\"Statement\":[{\"Action\":\"s3:Get\"}]}|{\"Statement\":[{\"Action\":\"s3:Put\"}]}|false",
        "{\"Statement\":[{\"Resource\":\"arn:aws:S3:::Box\"}]}|{\"Statement\":[{\"Resource\":\"arn:aws:s3:::Box\"}]}|true",
        "{\"Statement\":[{\"Resource\":\"arn:aws:s3:::Box\"}]}|{\"Statement\":[{\"Resource\":\"arn:aws:s3:::box\"}]}|false",
        "{\"Statement\":[{\"Principal\":{\"AWS\":[\"a\",\"b\"]}}]}|{\"Statement\":[{\"Principal\":{\"AWS\":[\"b\",\"a\"]}}]}|true",
        "{\"Statement\":[{\"Principal\":\"*\"}]}|{\"Statement\":[{\"Principal\":{\"AWS\":\"*\"}}]}|false",
        "{\"Statement\":[{\"Effect\":\"Allow\"}]}|{\"Statement\":[{\"Effect\":\"Deny\"}]}|false",
        "{\"Statement\":[{\"Condition\":{\"StringEquals\":{\"k\":[\"x\",\"y\"]}}}]}|{\"Statement\":[{\"Condition\":{\"StringEquals\":{\"k\":[\"y\",\"x\"]}}}]}|true",
        "[{\"Key\":\"a\",\"Value\":\"1\"},{\"Key\":\"b\"}]|[{\"Key\":\"b\"},{\"Value\":\"1\",\"Key\":\"a\"}]|true",
        "[{\"Key\":\"a\"}]|[{\"Key\":\"b\"}]|false",
      })
  void policiesMeanTheSame(String left, String right, boolean equal) {
    assertThat(JsonEquality.equalPolicies(left, right)).isEqualTo(equal);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyOrderOfKeysIsEqualAndAnyOtherValueIsNot(long seed) {
    Random random = new Random(seed);
    Object value = value(random, 4);
    String left = Json.write(value);
    assertThat(JsonEquality.equal(left, Json.write(shuffled(value, random, false)))).isTrue();
    assertThat(JsonEquality.equal(left, Json.write(List.of("other", left)))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void statementsAndTheirListsAreSets(long seed) {
    Random random = new Random(seed);
    List<Object> statements = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      List<Object> actions = new ArrayList<>();
      for (int a = 0; a <= random.nextInt(4); a++) {
        actions.add("s3:Action" + random.nextInt(9));
      }
      statements.add(Map.of("Effect", "Allow", "Action", actions, "Sid", "s" + i));
    }
    Object policy = Map.of("Version", "2012-10-17", "Statement", statements);
    assertThat(
            JsonEquality.equalPolicies(
                Json.write(policy), Json.write(shuffled(policy, random, true))))
        .isTrue();
    statements.add(Map.of("Effect", "Deny", "Action", "s3:Other"));
    assertThat(
            JsonEquality.equalPolicies(
                Json.write(policy),
                Json.write(
                    Map.of(
                        "Version",
                        "2012-10-17",
                        "Statement",
                        statements.subList(0, statements.size() - 1)))))
        .isFalse();
  }

  private static Object value(Random random, int depth) {
    return switch (depth == 0 ? random.nextInt(3) : random.nextInt(5)) {
      case 0 -> (long) random.nextInt(100);
      case 1 -> "t" + random.nextInt(9);
      case 2 -> random.nextBoolean();
      case 3 -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          map.put("k" + random.nextInt(20), value(random, depth - 1));
        }
        yield map;
      }
    };
  }

  private static @Nullable Object shuffled(@Nullable Object value, Random random, boolean lists) {
    return switch (value) {
      case Map<?, ?> map -> {
        List<Object> keys = new ArrayList<>(map.keySet());
        Collections.shuffle(keys, random);
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        keys.forEach(key -> copy.put(key.toString(), shuffled(map.get(key), random, lists)));
        yield copy;
      }
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(element -> copy.add(shuffled(element, random, lists)));
        if (lists) {
          Collections.shuffle(copy, random);
        }
        yield copy;
      }
      case null, default -> value;
    };
  }
}
