package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A provider of local programs, from its documents to rows.
@DisabledOnOs(OS.WINDOWS)
class LocalProgramsTest {
  @TempDir Path folder;

  @BeforeEach
  void writeProvider() throws IOException {
    Path services = Files.createDirectories(folder.resolve("local/v1.0.0/services"));
    Files.writeString(
        folder.resolve("local/v1.0.0/provider.yaml"),
        """
        id: local
        name: local
        version: v1.0.0
        protocolType: local_templated
        providerServices:
          disk: {id: disk, name: disk, service: {$ref: local/v1.0.0/services/disk.yaml}}
        """);
    Files.writeString(
        services.resolve("disk.yaml"),
        """
        resources:
          files:
            methods:
              list:
                inline: [printf, '%s', '{{ .parameters.dir }}']
                parameters: {dir: {in: inline, required: true}}
                response:
                  schema_override: {$ref: '#/components/schemas/Files'}
                  transform: {type: golang_template_v0.1.0, body: '[{"name":{{ printf "%q" . }}}]'}
        components:
          schemas:
            Files: {type: array, items: {type: object, properties: {name: {type: string}}}}
        """);
  }

  private Isobar run(String... arguments) {
    Isobar isobar = new Isobar(folder.resolve("home"));
    List<String> all = new ArrayList<>(List.of("exec", "--registry", folder.toString()));
    all.addAll(List.of(arguments));
    isobar.run(all.toArray(String[]::new));
    return isobar;
  }

  @Test
  void programsRunWhereTheUserAllowsIt() {
    String sql = "SELECT dir, name FROM local.disk.files WHERE dir IN ('/a b', '$(id)') ORDER BY 1";
    assertThat(run("--allow-local-programs", "-o", "csv", sql).out())
        .isEqualTo("dir,name\n$(id),$(id)\n/a b,/a b\n");

    Isobar refused = run("-o", "csv", sql);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .contains("UNSUPPORTED_STATEMENT", "`printf`", "--allow-local-programs");
  }

  @Test
  void explainShowsThemAndRunsNothing() {
    assertThat(
            run("-o", "csv", "EXPLAIN SELECT name FROM local.disk.files WHERE dir = '/a b'").out())
        .contains("RUN printf %s '{{ .parameters.dir }}'", "dir = '/a b'");
    assertThat(run("-o", "csv", "SHOW METHODS IN local.disk.files").out())
        .contains("list,dir,SELECT");
    assertThat(run("SELECT name FROM local.disk.files").err())
        .contains("MISSING_REQUIRED_PARAMETER", "`dir`");
  }

  @Test
  void theSandboxRunsNone() {
    assertThat(
            run(
                    "--sandbox",
                    "--allow-local-programs",
                    "SELECT name FROM local.disk.files WHERE dir = 'x'")
                .err())
        .contains("UNSUPPORTED_STATEMENT", "sandbox");
  }
}
