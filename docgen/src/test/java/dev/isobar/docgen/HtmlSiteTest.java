package dev.isobar.docgen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.RowColumn;
import dev.isobar.catalog.Schema;
import dev.isobar.model.ColumnType;
import dev.isobar.model.Json;
import dev.isobar.model.SqlVerb;
import dev.isobar.testing.Samples;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlSiteTest {
  private static final int LARGEST = 300_000;

  @Test
  void theLinodeSiteHasNoBrokenLink() {
    Site site = new Site(Written.linode("", "", Format.HTML));

    site.check();
    assertThat(site.pages.keySet())
        .contains(
            "linode/index.html", "linode/profile/index.html", "linode/profile/phone_number.html");
  }

  @Test
  void aPartOfASiteHasNoBrokenLink() {
    new Site(Written.linode("profile", "", Format.HTML)).check();
    new Site(Written.linode("profile", "phone_number", Format.HTML)).check();
  }

  @Test
  void theSearchLeadsToResourcesMethodsAndFields() {
    Site site = new Site(Written.linode("", "", Format.HTML));

    assertThat(site.find("phone_number"))
        .contains(
            "r phone_number linode/profile/phone_number.html",
            "f data__phone_number linode/profile/phone_number.html#method-postProfilePhoneNumber");
    assertThat(site.find("otp_code"))
        .contains(
            "f data__otp_code"
                + " linode/profile/phone_number.html#method-postProfilePhoneNumberVerify");
    assertThat(site.find("verify"))
        .contains(
            "m postProfilePhoneNumberVerify"
                + " linode/profile/phone_number.html#method-postProfilePhoneNumberVerify");
    assertThat(site.find("filesystem_path"))
        .contains("f filesystem_path linode/volumes/volumes.html#field-filesystem_path");
  }

  @Test
  void longPagesAreDivided() {
    List<Method> methods = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      methods.add(
          Samples.method("delete_thing_" + i, "/things/" + i)
              .input(input("name_of_" + i, "text <b> of a length ".repeat(100)))
              .build());
    }
    List<RowColumn> columns = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      columns.add(column("column_" + i, "é & ".repeat(300)));
    }
    Method list = withColumns(columns);
    Resource resource =
        Samples.resource(
            "acme",
            "shop",
            "things",
            Map.of(SqlVerb.SELECT, List.of(list), SqlVerb.DELETE, methods));

    Site site = new Site(Written.of(provider(resource), "", "", Format.HTML));

    site.check();
    assertThat(site.pages).hasSizeGreaterThan(10);
    assertThat(site.find("name_of_1499"))
        .singleElement()
        .asString()
        .matches("f name_of_1499 acme/shop/things~\\d+\\.html#method-delete_thing_1499");
    assertThat(site.find("column_2999"))
        .singleElement()
        .asString()
        .matches("f column_2999 acme/shop/things~\\d+\\.html#field-column_2999");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\" onmouseover=\"alert(1)",
        "a | b `c` ```d``` {e} [f](javascript:alert(1))",
        "</td></tr></table></main><!--",
        "&lt;b&gt; &amp;",
        "../../../etc",
        "' --",
      })
  void hostileTextStaysText(String text) {
    Schema.Builder values = new Schema.Builder();
    values.type = "string";
    values.pattern = text;
    values.enumValues.add(text);
    Input input =
        new Input(text, text, Input.Location.QUERY, true, values.build(), text, text, null, true);
    Method method =
        Samples.method(text, "/x").input(input).scope(text).column(text, "string").build();
    Resource resource =
        Samples.resource("acme", text, text, Map.of(SqlVerb.SELECT, List.of(method)));

    Site site = new Site(Written.of(provider(resource), "", "", Format.HTML));

    site.check();
    Document page =
        site.pages.values().stream()
            .filter(each -> each.select("nav.trail li").size() == 3)
            .findFirst()
            .orElseThrow();
    assertThat(page.select("h1").text()).isEqualTo(text);
    assertThat(page.select("h3").text()).isEqualTo(text);
    assertThat(page.select("td").eachText()).contains(text);
    assertThat(page.select("pre code").eachText()).hasSize(1);
  }

  @Test
  void aTextOf100KilobytesIsCut() {
    Method method = Samples.method("m", "/x").input(input("p", "<script>".repeat(12_500))).build();
    Resource resource = Samples.resource("acme", "s", "r", Map.of(SqlVerb.SELECT, List.of(method)));

    Written html = Written.of(provider(resource), "", "", Format.HTML);
    Written markdown = Written.of(provider(resource), "", "", Format.MARKDOWN);

    new Site(html).check();
    assertThat(html.text("acme/s/r.html")).hasSizeLessThan(20_000).contains("…");
    assertThat(markdown.text("acme/s/r.md")).hasSizeLessThan(20_000).contains("…");
  }

  private static Provider provider(Resource resource) {
    return Samples.provider("acme", AuthSpec.NONE, resource);
  }

  private static Input input(String name, String description) {
    return new Input(
        name,
        name,
        Input.Location.QUERY,
        true,
        Samples.schema("string"),
        description,
        null,
        null,
        true);
  }

  private static RowColumn column(String name, String description) {
    return new RowColumn(
        name, name, ColumnType.VARCHAR, "string", description, Samples.schema("string"));
  }

  private static Method withColumns(List<RowColumn> columns) {
    Method plain = Samples.method("list", "/things").build();
    return new Method(
        plain.name(),
        plain.summary(),
        plain.description(),
        plain.deprecated(),
        plain.operation(),
        plain.inputs(),
        plain.bodyNames(),
        plain.objectKey(),
        plain.responseSchema(),
        columns,
        plain.responseMediaType(),
        plain.scopes(),
        plain.credential(),
        plain.pagination(),
        plain.pageSize(),
        plain.total(),
        plain.filter(),
        plain.wire());
  }

  /// A site, read as a browser reads it.
  private static final class Site {
    final Map<String, Document> pages = new HashMap<>();
    private final Written written;

    Site(Written written) {
      this.written = written;
      for (String file : written.files.keySet()) {
        if (file.endsWith(".html")) {
          pages.put(file, Jsoup.parse(written.text(file)));
        }
      }
    }

    void check() {
      assertThat(pages).isNotEmpty();
      written.files.forEach(
          (file, content) -> assertThat(content.length).as(file).isLessThan(LARGEST));
      pages.forEach(this::check);
      index().forEach(place -> reach("search", place.substring(place.lastIndexOf(' ') + 1)));
    }

    private void check(String file, Document page) {
      for (Element element : page.select("[href], [src]")) {
        String target = element.hasAttr("href") ? element.attr("href") : element.attr("src");
        assertThat(target).as(file).doesNotMatch("(?i)[a-z]+:.*|//.*|/.*");
        reach(file, URI.create(file).resolve(target.isEmpty() ? file : target).toString());
      }
      // Nothing runs but the one script, and nothing that a document says is an element.
      assertThat(page.select("script").eachAttr("src")).hasSize(1);
      assertThat(page.select("script").html()).isEmpty();
      assertThat(page.select("img, iframe, object, style, base, [style]")).as(file).isEmpty();
      for (Element element : page.getAllElements()) {
        element
            .attributes()
            .forEach(attribute -> assertThat(attribute.getKey()).doesNotStartWith("on"));
      }
      accessible(file, page);
    }

    /// What a screen reader and a keyboard need.
    private static void accessible(String file, Document page) {
      assertThat(page.select("html").attr("lang")).isEqualTo("en");
      assertThat(page.title()).isNotBlank();
      assertThat(page.select("h1")).as(file).hasSize(1);
      assertThat(page.select("main")).hasSize(1);
      assertThat(page.select("a.skip[href=#content]")).hasSize(1);
      List<String> ids = page.select("[id]").eachAttr("id");
      assertThat(ids).as(file).doesNotHaveDuplicates();
      for (Element input : page.select("input")) {
        assertThat(page.select("label[for=" + input.id() + "]").text()).isNotBlank();
      }
      assertThat(page.select("th:not([scope])")).isEmpty();
      assertThat(page.select("[role=group]:not([aria-label])")).isEmpty();
      assertThat(page.select("nav:not([aria-label])")).isEmpty();
      int level = 1;
      for (Element heading : page.select("h1, h2, h3, h4")) {
        int next = heading.tagName().charAt(1) - '0';
        // A part of a divided page may begin below a heading of the part before.
        assertThat(next)
            .as(file)
            .isLessThanOrEqualTo(page.title().contains(", part ") ? 3 : level + 1);
        level = next;
      }
      assertThat(page.select("a").eachText()).as(file).noneMatch(String::isBlank);
    }

    private void reach(String from, String target) {
      int hash = target.indexOf('#');
      String file = hash < 0 ? target : target.substring(0, hash);
      assertThat(written.files).as(from + " leads to " + target).containsKey(file);
      if (hash >= 0) {
        assertThat(
                Objects.requireNonNull(pages.get(file)).getElementById(target.substring(hash + 1)))
            .as(from + " leads to " + target)
            .isNotNull();
      }
    }

    /// What the search has, as `kind name place`.
    Set<String> index() {
      return written.files.keySet().stream()
          .filter(file -> file.contains("/assets/search/"))
          .flatMap(file -> entries(file).stream())
          .collect(Collectors.toSet());
    }

    /// What a reader finds who types a whole word: in the parts that the table says hold it.
    List<String> find(String word) {
      String root = root();
      String table = written.text(root + "assets/search.js");
      List<String> found = new ArrayList<>();
      for (Object each : list(inside(table))) {
        List<?> part = (List<?>) each;
        String name = part.getFirst().toString();
        String stem = name.endsWith("$") ? name.substring(0, name.length() - 1) : name;
        if (stem.startsWith(word) || (!name.endsWith("$") && word.startsWith(name))) {
          entries(root + "assets/search/" + part.getLast() + ".js").stream()
              .filter(entry -> entry.toLowerCase(Locale.ROOT).contains(word))
              .forEach(found::add);
        }
      }
      return found.stream()
          .filter(entry -> entry.toLowerCase(Locale.ROOT).split(" ", -1)[1].contains(word))
          .toList();
    }

    private String root() {
      String first = written.files.keySet().iterator().next();
      return first.substring(0, first.indexOf('/') + 1);
    }

    private List<String> entries(String file) {
      List<String> found = new ArrayList<>();
      List<?> arguments = list("[" + inside(written.text(file)) + "]");
      for (Object each : (List<?>) arguments.getLast()) {
        List<?> entry = (List<?>) each;
        for (Object place : (List<?>) entry.getLast()) {
          List<?> target = (List<?>) place;
          String anchor = target.getLast().toString();
          found.add(
              entry.get(1)
                  + " "
                  + entry.getFirst()
                  + " "
                  + root()
                  + target.getFirst()
                  + (anchor.isEmpty() ? "" : "#" + anchor));
        }
      }
      return found;
    }

    private static List<?> list(String json) {
      return (List<?>) Objects.requireNonNull(Json.parse(json));
    }

    /// What a script hands over, without the call around it.
    private static String inside(String script) {
      return script.substring(script.indexOf('(') + 1, script.lastIndexOf(')'));
    }
  }
}
