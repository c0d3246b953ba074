package dev.isobar.docgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.Provider;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.SqlVerb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The pages of the bundled provider. What whole pages look like is in `src/test/pages`;
/// `-Dpages.update=true` writes them anew, and `git diff` is the review.
class PagesTest {
  private static final Path PAGES = Path.of("src/test/pages");

  @ParameterizedTest
  @CsvSource({
    "docusaurus, profile, phone_number, linode/profile/phone_number/index.md",
    "docusaurus, volumes, volumes, linode/volumes/volumes/index.md",
    "docusaurus, profile, '', linode/profile/index.md",
    "docusaurus, '', '', linode/index.md",
    "markdown, profile, phone_number, linode/profile/phone_number.md",
    "markdown, '', '', linode.md",
  })
  void aPageIsAsItWas(String format, String service, String resource, String file)
      throws IOException {
    String text =
        Written.linode(service, resource, Format.valueOf(format.toUpperCase(java.util.Locale.ROOT)))
            .text(file);
    Path expected = PAGES.resolve(format).resolve(file);
    if (Boolean.getBoolean("pages.update")) {
      Files.createDirectories(expected.getParent());
      Files.writeString(expected, text);
    }
    assertThat(text).isEqualTo(Files.readString(expected));
  }

  @Test
  void thePhoneNumberIsDescribedInTheAgreedShape() {
    String page =
        Written.linode("profile", "phone_number", Format.DOCUSAURUS)
            .text("linode/profile/phone_number/index.md");

    assertThat(page)
        .startsWith(
            """
            ---
            title: phone_number
            hide_title: false
            hide_table_of_contents: false
            keywords:
              - phone_number
              - profile
              - linode
              - isobar
              - infrastructure-as-code
              - configuration-as-data
              - cloud inventory
            description: Query, deploy and manage Linode resources using SQL
            custom_edit_url: null
            image: /img/providers/linode/isobar-linode-provider-featured-image.png
            ---

            ## Overview
            <table><tbody>
            <tr><td><b>Name</b></td><td><code>phone_number</code></td></tr>
            <tr><td><b>Type</b></td><td>Resource</td></tr>
            <tr><td><b>Id</b></td><td><code>linode.profile.phone_number</code></td></tr>
            </tbody></table>

            ## Fields
            """);
    assertThat(page)
        .containsSubsequence(
            "`SELECT` is not supported",
            "SHOW METHODS",
            "`EXEC`",
            "## Methods",
            "| Name | Accessible by | Required Params | Description |",
            "|:-----|:--------------|:----------------|:------------|",
            "| `deleteProfilePhoneNumber` | `DELETE` |  | ",
            "| `postProfilePhoneNumber` | `EXEC` | `data__iso_code, data__phone_number` | ",
            "| `postProfilePhoneNumberVerify` | `EXEC` | `data__otp_code` | ",
            "## Method details");
  }

  @Test
  void theTotalsAreThoseOfTheCatalog() {
    Provider provider = Written.CATALOG.provider("linode");
    int resources = 0;
    int selectable = 0;
    int methods = 0;
    for (ServiceHeader header : provider.services()) {
      for (var each : provider.service(header.name()).resources()) {
        var resource = provider.service(header.name()).resource(each.name());
        resources++;
        selectable += resource.methods(SqlVerb.SELECT).isEmpty() ? 0 : 1;
        methods += resource.methods().size();
      }
    }

    Written written = Written.linode("", "", Format.MARKDOWN);

    assertThat(written.text("linode.md"))
        .contains(
            "| Services | " + provider.services().size() + " |",
            "| Resources | " + resources + " |",
            "| Selectable resources | " + selectable + " |",
            "| Methods | " + methods + " |");
    assertThat(written.files).hasSize(1 + provider.services().size() + resources);
    assertThat(provider.services()).hasSizeGreaterThan(17);
  }

  @ParameterizedTest
  @EnumSource
  void theSameDocumentsGiveTheSameBytes(Format format) {
    Written once = Written.linode("", "", format);
    Written again = Written.linode("", "", format);

    assertThat(again.files.keySet()).isEqualTo(once.files.keySet());
    once.files.forEach((path, content) -> assertThat(again.files.get(path)).isEqualTo(content));
  }

  @ParameterizedTest
  @EnumSource
  void aPartHasThePagesOfThePart(Format format) {
    Written whole = Written.linode("", "", format);
    Written service = Written.linode("tags", "", format);
    Written resource = Written.linode("tags", "tags", format);

    int resources = Written.CATALOG.provider("linode").service("tags").resources().size();
    assertThat(service.pages).isEqualTo(1 + resources);
    assertThat(whole.files.keySet()).containsAll(service.pageFiles());
    assertThat(service.pageFiles()).hasSize(1 + resources);
    assertThat(resource.pages).isEqualTo(1);
    assertThat(service.pageFiles()).containsAll(resource.pageFiles());
    assertThat(resource.pageFiles()).hasSize(1);
  }

  @Test
  void whatIsNotThereIsAnError(@TempDir Path folder) {
    Documentation linode = new Documentation(Written.CATALOG.provider("linode"), _ -> List.of());

    assertThatThrownBy(() -> linode.write("profiles", "", Format.MARKDOWN, folder))
        .isInstanceOfSatisfying(
            IsobarException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_SERVICE));
    assertThatThrownBy(() -> linode.write("profile", "phone", Format.MARKDOWN, folder))
        .isInstanceOfSatisfying(
            IsobarException.class, e -> assertThat(e.hint()).contains("phone_number"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatCannotBeWrittenIsAnError(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    Documentation linode = new Documentation(Written.CATALOG.provider("linode"), _ -> List.of());

    assertThatThrownBy(() -> linode.write("tags", "tags", Format.MARKDOWN, file))
        .isInstanceOfSatisfying(
            IsobarException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_FAILED));
  }
}
