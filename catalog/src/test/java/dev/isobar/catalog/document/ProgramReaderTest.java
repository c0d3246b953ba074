package dev.isobar.catalog.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Method.CredentialUse;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.RowColumn;
import dev.isobar.catalog.Wire.Transform;
import dev.isobar.model.SqlVerb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramReaderTest {
  private static final String SERVICE =
      """
      resources:
        files:
          id: local.disk.files
          methods:
            list:
              summary: Lists a folder.
              inline: [ls, '-1', '{{ .parameters.dir }}']
              parameters:
                dir: {in: inline, required: true, description: The folder.}
                depth: {in: inline, schema: {type: integer}}
              response:
                schema_override: {$ref: '#/components/schemas/Files'}
                transform: {type: golang_template_v0.1.0, body: '[{"name":{{ printf "%q" . }}}]'}
            bare:
              inline: [date]
            chosen:
              inline: ['{{ .parameters.program }}']
            nothing: {}
      components:
        schemas:
          Files:
            type: array
            items: {type: object, properties: {name: {type: string}}}
      """;

  @TempDir Path root;

  private DocumentLoader loader(String protocolOfProvider, String protocolOfService)
      throws IOException {
    Path folder = Files.createDirectories(root.resolve("local/v1/services"));
    Files.writeString(
        root.resolve("local/v1/provider.yaml"),
        """
        id: local
        name: local
        %s
        providerServices:
          disk: {id: disk, name: disk, service: {$ref: local/v1/services/disk.yaml}}
        """
            .formatted(protocolOfProvider));
    Files.writeString(folder.resolve("disk.yaml"), protocolOfService + "\n" + SERVICE);
    return new DocumentLoader(root, root.resolve("local/v1"));
  }

  private static Resource files(DocumentLoader loader) {
    return loader.load().service("disk").resource("files");
  }

  @Test
  void aMethodIsAProgramWithParameters() throws IOException {
    Resource files = files(loader("protocolType: local_templated", ""));
    Method list = files.method("list");

    assertThat(list.wire().program()).containsExactly("ls", "-1", "{{ .parameters.dir }}");
    assertThat(list.wire().responseTransform())
        .isEqualTo(new Transform("golang_template_v0.1.0", "[{\"name\":{{ printf \"%q\" . }}}]"));
    assertThat(list.operation().httpVerb()).isEqualTo("RUN");
    assertThat(list.credential()).isEqualTo(CredentialUse.NONE);
    assertThat(list.summary()).isEqualTo("Lists a folder.");
    assertThat(list.inputs()).extracting(Input::name).containsExactly("dir", "depth");
    assertThat(list.requiredInputs()).extracting(Input::name).containsExactly("dir");
    assertThat(list.columns()).extracting(RowColumn::name).containsExactly("name");
    assertThat(files.methods(SqlVerb.SELECT)).extracting(Method::name).containsExactly("list");
    assertThat(files.method("bare").columns()).isEmpty();
  }

  @Test
  void theServiceMaySayItInsteadOfTheProvider() throws IOException {
    assertThat(files(loader("", "protocolType: local_templated")).method("list").wire().program())
        .isNotEmpty();
    assertThat(loader("", "").load().service("disk").resources()).isEmpty();
  }

  @Test
  void whatHasNoProgramOrLetsAValueChooseItIsLeftOutWithAProblem() throws IOException {
    DocumentLoader loader = loader("protocolType: local_templated", "");
    assertThat(files(loader).methods()).extracting(Method::name).containsExactly("list", "bare");
    assertThat(loader.problems())
        .extracting(Problem::message)
        .anyMatch(message -> message.contains("names no program"))
        .anyMatch(message -> message.contains("cannot be a template"));
  }
}
