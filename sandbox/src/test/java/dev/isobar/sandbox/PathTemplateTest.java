package dev.isobar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.model.IsobarException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Paths, and other small things that are read from text.
final class PathTemplateTest {
  private static @Nullable List<String> match(String template, String path, boolean spanning) {
    return new PathTemplate(template).match(PathTemplate.split(path), spanning);
  }

  @Test
  void variablesTakeOneSegment() {
    assertThat(match("/a/{x}/b", "/a/1/b", false)).containsExactly("1");
    assertThat(match("/a/{x}/b", "/a/1/c", false)).isNull();
    assertThat(match("/a/{x}", "/a/1/2", false)).isNull();
  }

  @Test
  void variablesMayTakeSlashesWhenNothingElseFits() {
    assertThat(match("/images/{x}/regions", "/images/private/1/regions", true))
        .containsExactly("private/1");
  }

  @Test
  void variablesMayBePartOfASegment() {
    assertThat(match("/v1/{name}:undelete", "/v1/box:undelete", false)).containsExactly("box");
    assertThat(match("/{a}.{b}", "/x.json", false)).containsExactly("x", "json");
  }

  @Test
  void theQueryOfAKeyIsWhatTheRequestMustHave() {
    PathTemplate template = new PathTemplate("/{+bucket}?Action=List&__x=y");
    assertThat(template.text()).isEqualTo("/{}");
    assertThat(template.query()).isEqualTo(Map.of("Action", "List"));
    assertThat(template.isArtificial()).isTrue();
    assertThat(template.variables()).containsExactly("bucket");
  }

  @Test
  void theBaseIsThePathOfTheServer() {
    assertThat(PathTemplate.basePath("https://api.acme.example/v4/")).isEqualTo("/v4");
    assertThat(PathTemplate.basePath("https://api.acme.example")).isEmpty();
    assertThat(PathTemplate.basePath("https://{host:^[^/]+$}/base")).isEqualTo("/base");
  }

  @Test
  void limitsAndRowsAreReadFromText() {
    assertThat(RateLimit.parse("200/min")).isEqualTo(new RateLimit(200, Duration.ofMinutes(1)));
    assertThat(SandboxOptions.parseRows("a=1,b.c=20")).isEqualTo(Map.of("a", 1, "b.c", 20));
    for (String wrong : List.of("200", "x/min", "0/s", "5/year")) {
      assertThatThrownBy(() -> RateLimit.parse(wrong)).isInstanceOf(IsobarException.class);
    }
    for (String wrong : List.of("", "a", "a=x", "a=-1", "=1")) {
      assertThatThrownBy(() -> SandboxOptions.parseRows(wrong)).isInstanceOf(IsobarException.class);
    }
  }

  @Test
  void namesChangeTheirSpelling() {
    assertThat(Words.snake("linodeId")).isEqualTo("linode_id");
    assertThat(Words.singular("policies")).isEqualTo("policy");
    assertThat(Words.singular("addresses")).isEqualTo("address");
    assertThat(Words.padded(7)).isEqualTo("0007");
  }

  @Test
  void jsonBytesAreJson() {
    var out = new JsonBytes(8);
    out.value(Map.of("k", List.of("ü\"\\\n", -12L, Long.MIN_VALUE, 0.00015, true)));
    assertThat(new String(out.array(), 0, out.length(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("{\"k\":[\"ü\\\"\\\\\\u000a\",-12,-9223372036854775808,0.00015,true]}");
  }

  @Test
  void aVariableWithAWordBehindItSaysMoreThanAVariable() {
    assertThat(new PathTemplate("/things/{name}:undelete").literals())
        .isGreaterThan(new PathTemplate("/things/{name}").literals());
  }

  @Test
  void aNameWithoutAValueInTheQueryIsAPartOfThePlace() {
    PathTemplate part = new PathTemplate("/{bucket}?acl");
    assertThat(part.text()).isEqualTo("/{}?acl");
    assertThat(part.endsInVariable()).isFalse();
    assertThat(part.query()).containsEntry("acl", "");
  }
}
