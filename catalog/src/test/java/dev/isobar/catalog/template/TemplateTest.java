package dev.isobar.catalog.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.model.Json;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every construct of the language, worked by hand.
class TemplateTest {
  private static Arguments is(String template, String json, String output) {
    return Arguments.of(template, json, output);
  }

  private static Stream<Arguments> outputs() {
    return Stream.of(
        // Text, trim markers, comments.
        is("plain { } text", "null", "plain { } text"),
        is("a {{- 1 -}} b", "null", "a1b"),
        is("a \n\t{{- 1}} b", "null", "a1 b"),
        is("a {{1 -}} \r\n b", "null", "a 1b"),
        is("{{-3}}", "null", "-3"),
        is("a {{/* no */}} b", "null", "a  b"),
        is("a {{- /* no\n no */ -}} b", "null", "ab"),
        is("[{{{- if true -}}\"a\":1{{- end -}}}]", "null", "[{\"a\":1}]"),
        // Constants.
        is("{{1}} {{0x1F}} {{1_000}} {{'a'}} {{-1.50}} {{true}}", "null", "1 31 1000 97 -1.5 true"),
        is("{{\"a\\n\\\"\\u00e9\\x41\"}}{{`\\n`}}", "null", "a\n\"éA\\n"),
        // The dot, properties, what is missing and what is null.
        is("{{.}}", "\"x\"", "x"),
        is("{{.a.b}}", "{\"a\":{\"b\":1}}", "1"),
        is("{{.x}} {{.x.y}}", "{}", "<no value> <no value>"),
        is("{{.x}} {{print .x}}", "{\"x\":null}", "<no value> <nil>"),
        is("{{(index . \"a\").b}}", "{\"a\":{\"b\":1}}", "1"),
        is("{{$.a}}{{with .b}}{{$.a}}{{.}}{{end}}", "{\"a\":1,\"b\":2}", "112"),
        // Numbers keep their digits.
        is("{{.}}", "9007199254740993", "9007199254740993"),
        is(
            "{{toJson .}}",
            "[9007199254740993,123456789012345678901234567890,0.1234567890123456789]",
            "[9007199254740993,123456789012345678901234567890,0.1234567890123456789]"),
        is("{{.}}", "1000000", "1000000"),
        is("{{.}} {{toJson .}}", "1e6", "1e+06 1000000"),
        is("{{.}} {{toJson .}}", "1.50", "1.5 1.5"),
        is("{{toJson .}}", "[1e21,1e-7,1e400]", "[1e+21,1e-7,1e+400]"),
        // Variables: scopes, declaration, assignment.
        is("{{$x := 1}}{{if true}}{{$x := 2}}{{$x}}{{end}}{{$x}}", "null", "21"),
        is("{{$x := 1}}{{if true}}{{$x = 2}}{{$x}}{{end}}{{$x}}", "null", "22"),
        is("{{$x := 1}}{{range .}}{{$x}}{{$x = .}}{{end}}{{$x}}", "[5,6]", "156"),
        is("{{if $x := .}}{{$x}}{{else}}no{{$x}}{{end}}", "0", "no0"),
        is("{{$x := .a}}{{$x.b.c}}", "{\"a\":{\"b\":{\"c\":3}}}", "3"),
        // if, else, else if, truth.
        is("{{if .}}y{{else}}n{{end}}", "\"\"", "n"),
        is("{{if .}}y{{else}}n{{end}}", "[]", "n"),
        is("{{if .}}y{{else}}n{{end}}", "{}", "n"),
        is("{{if .}}y{{else}}n{{end}}", "0.0", "n"),
        is("{{if .}}y{{else}}n{{end}}", "null", "n"),
        is("{{if .}}y{{else}}n{{end}}", "\"false\"", "y"),
        is("{{if .}}y{{else}}n{{end}}", "[null]", "y"),
        is("{{if eq . 1}}a{{else if true}}b{{else}}c{{end}}!", "\"x\"", "error"),
        is("{{if eq . \"1\"}}a{{else if eq . \"x\"}}b{{else}}c{{end}}!", "\"x\"", "b!"),
        // range.
        is("{{range $i, $v := .}}{{if $i}},{{end}}{{$v}}{{end}}", "[5,6,7]", "5,6,7"),
        is("{{range $v := .}}{{$v}}{{.}};{{end}}", "[5,6]", "55;66;"),
        is(
            "{{range $k, $v := .}}{{$k}}={{$v}};{{end}}",
            "{\"b\":1,\"a\":2,\"é\":3}",
            "a=2;b=1;é=3;"),
        is("{{range .}}x{{else}}none{{end}}", "[]", "none"),
        is("{{range .}}x{{else}}none{{end}}", "{}", "none"),
        is("{{range .x}}x{{else}}none{{end}}", "{}", "none"),
        is("{{range 3}}{{.}}{{end}}", "null", "012"),
        is(
            "{{range .}}{{if eq . \"b\"}}{{continue}}{{end}}{{if eq . \"d\"}}{{break}}{{end}}{{.}}{{end}}!",
            "[\"a\",\"b\",\"c\",\"d\",\"e\"]",
            "ac!"),
        is(
            "{{range $i, $_ := .}}{{range $j, $_ := $}}{{$i}}{{$j}} {{end}}{{end}}",
            "[1,2]",
            "00 01 10 11 "),
        // with.
        is("{{with .a}}{{.b}}{{else}}none{{end}}", "{\"a\":{\"b\":1}}", "1"),
        is("{{with .x}}x{{else with .a}}{{.}}{{end}}", "{\"a\":4}", "4"),
        // Pipelines.
        is("{{. | printf \"%s-%s\" \"a\"}}", "\"b\"", "a-b"),
        is("{{(. | len | eq 2) | not}}", "[1,2]", "false"),
        // Functions of Go.
        is("{{index . \"a\" 1 \"b\"}}", "{\"a\":[0,{\"b\":\"x\"}]}", "x"),
        is("{{index . \"no\"}}{{kindOf (index . \"no\")}}", "{}", "<no value>invalid"),
        is("{{and .a .b}} {{or .x .b}} {{and .x .b}}", "{\"a\":1,\"b\":2,\"x\":0}", "2 2 0"),
        is("{{or .x (index .x 0)}}", "{\"x\":1}", "1"),
        is("{{not .}} {{len .}}", "[1]", "false 1"),
        is("{{len .}}", "\"é\"", "2"),
        is(
            "{{eq . \"a\" \"b\"}} {{ne . \"b\"}} {{lt . \"c\"}} {{ge . \"b\"}}",
            "\"b\"",
            "true false true true"),
        is("{{eq .x nil}} {{eq .x \"a\"}}", "{}", "true false"),
        is("{{gt (len .) 0}} {{le 1 1}}", "[0]", "true true"),
        is("{{print 1 2 \"a\" \"b\" 3}}|{{println 1 \"a\"}}", "null", "1 2ab3" + "|1 a\n"),
        is("{{slice . 1 2}}{{slice \"abc\" 1}}", "[1,2,3]", "[2]bc"),
        is("{{html .}} {{urlquery .}}", "\"<a&b c>\"", "&lt;a&amp;b c&gt; %3Ca%26b+c%3E"),
        is(
            "{{printf \"%s|%q|%v|%d|%t|%%\" \"a\" \"b\\\"c\" . 5 true}}",
            "{\"x\":[1,\"y\",null]}", "a|\"b\\\"c\"|map[x:[1 y <nil>]]|5|true|%"),
        is("{{printf \"%s %d\" . .}}", "5", "%!s(float64=5) %!d(float64=5)"),
        is("{{printf \"%s\"}}{{printf \"a\" 1}}", "null", "%!s(MISSING)a%!(EXTRA int=1)"),
        is("{{printf \"{\\\"rows\\\":%s}\" .}}", "\"[1]\"", "{\"rows\":[1]}"),
        is(
            "{{printf \"%q\" .}}",
            "\"é\\u0007\\u001b\\u200b\\u00a0😀\"", "\"é\\u0007\\u001b\\u200b\\u00a0😀\""),
        // Functions of the format.
        is(
            "{{toJson .}}",
            "{\"b\":\"<&>\\u2028\",\"a\":[1,null,true,\"\\u0001\"]}",
            "{\"a\":[1,null,true,\"\\u0001\"],\"b\":\"\\u003c\\u0026\\u003e\\u2028\"}"),
        is(
            "{{range .}}{{kindOf .}} {{end}}{{kindOf 1}}",
            "[{},[],\"\",1,true,null]",
            "map slice string float64 bool invalid int"),
        is("{{(jsonMapFromString .).a}}", "\"{\\\"a\\\":[1]}\"", "[1]"),
        is("{{$s := separator \", \"}}{{range .}}{{call $s}}{{.}}{{end}}", "[1,2,3]", "1, 2, 3"),
        is("{{getRegexpFirstMatch . \"b=(?P<x>[0-9]+)\"}}", "\"a=1 b=22\"", "22"),
        is("{{getRegexpFirstMatch . \"(?P<user_id>[0-9]+)\"}}", "\"a=1\"", "1"),
        is("{{getRegexpAllMatches . \"(.)=(.)\"}}", "\"a=1\"", "[a 1]"),
        is("{{getXPath . \"/a/b\"}}", "\"<a><b>x</b></a>\"", "x"),
        is("{{getXPathAllOuter . \"//b\"}}", "\"<a><b>x</b><b/></a>\"", "[<b>x</b> <b/>]"),
        is("{{safeIndex . \"a\" 3 \"x\"}}{{safeIndex . \"a\" 0}}", "{\"a\":[7]}", "<no value>7"),
        is("{{toBool \"true\"}} {{toInt \"12\"}} {{plus1 .}}", "3", "true 12 4"));
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("outputs")
  void evaluatesEveryConstruct(String template, String json, String output) throws Exception {
    if (output.equals("error")) {
      assertThatThrownBy(() -> evaluate(template, Json.parse(json)))
          .isInstanceOf(TemplateFailure.class);
    } else {
      assertThat(evaluate(template, Json.parse(json))).isEqualTo(output);
    }
  }

  private static Stream<Arguments> failures() {
    return Stream.of(
        is("{{", "null", "line 1, column 3: the last `{{` has no `}}`"),
        is("a\n b{{foo .}}", "null", "line 2, column 5: there is no function `foo`"),
        is("{{$x}}", "null", "line 1, column 3: there is no variable `$x`; `:=` declares one"),
        is(
            "{{if 1}}{{$x := 1}}{{end}}{{$x = 2}}",
            "null",
            "line 1, column 29: there is no variable `$x`; `:=` declares one"),
        is("{{if .}}x", "null", "line 1, column 3: `if` has no `end`"),
        is("{{end}}", "null", "line 1, column 3: `end` closes nothing that is open"),
        is(
            "{{if 1}}{{else}}{{else}}{{end}}",
            "null",
            "line 1, column 17: `if` has a second `else`"),
        is("{{if}}x{{end}}", "null", "line 1, column 5: a value is missing in `if`"),
        is("{{(1}}", "null", "line 1, column 5: a `(` is not closed"),
        is("{{1)}}", "null", "line 1, column 4: a `)` has no `(`"),
        is("{{\"a}}", "null", "line 1, column 3: a quoted text is not closed on its line"),
        is("{{/* a }}", "null", "line 1, column 3: the comment has no `*/`"),
        is("{{\"\\q\"}}", "null", "line 1, column 4: `\\q` is no escape"),
        is(
            "{{define \"x\"}}{{end}}",
            "null",
            "line 1, column 3: `define` is not supported: a transform is one template, without named"
                + " parts"),
        is(
            "{{if 1}}{{template \"x\"}}{{end}}",
            "null",
            "line 1, column 11: `template` is not supported: a transform is one template, without"
                + " named parts"),
        is("{{break}}", "null", "line 1, column 3: `break` stands outside of any range"),
        is("{{1 | 2}}", "null", "line 1, column 7: what follows a `|` has to be a function"),
        is("{{1 | }}", "null", "line 1, column 7: a value is missing in `action`"),
        is("{{a$b}}", "null", "line 1, column 4: unexpected `$`"),
        is("{{.a.b}}", "{\"a\":null}", "line 1, column 3: null has no property `b`"),
        is("{{.a.b}}", "{\"a\":\"secret\"}", "line 1, column 3: a text has no property `b`"),
        is("{{range .}}{{end}}", "\"x\"", "line 1, column 9: a range cannot go over a text"),
        is(
            "{{index . 0}}",
            "{}",
            "line 1, column 3: `index`: an object is indexed with a text, not with an integer of the"
                + " template"),
        is("{{index . 2}}", "[1]", "line 1, column 3: `index`: there is no element 2 among 1"),
        is("{{index .x \"a\"}}", "{}", "line 1, column 3: `index`: null cannot be indexed"),
        is(
            "{{eq . 1}}",
            "1",
            "line 1, column 3: `eq`: cannot compare a number with an integer of the template"),
        is("{{eq . .}}", "[]", "line 1, column 3: `eq`: cannot compare a list with a list"),
        is("{{len .x}}", "{}", "line 1, column 3: `len`: null has no length"),
        is("{{len}}", "null", "line 1, column 3: `len` takes 1 argument, not 0"),
        is("{{. 1}}", "null", "line 1, column 3: arguments follow what is no function"),
        is(
            "{{jsonMapFromString .}}",
            "\"secret\"",
            "line 1, column 3: `jsonMapFromString`: the text is not JSON"),
        is(
            "{{jsonMapFromString .}}",
            "1",
            "line 1, column 3: `jsonMapFromString`: a text is needed, and this is a number"),
        is(
            "{{separator \",\"}}",
            "null",
            "line 1, column 3: a function cannot be printed; `call` calls it"),
        is(
            "{{getRegexpFirstMatch . \"(a\"}}",
            "\"\"",
            "line 1, column 3: `getRegexpFirstMatch`: `(a` is no regular expression"),
        is(
            "{{getXPath . \"/a\"}}",
            "\"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>\"",
            "line 1, column 3: `getXPath`: the text is not XML"));
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("failures")
  void saysWhatIsWrongAndWhere(String template, String json, String message) {
    assertThatThrownBy(() -> evaluate(template, Json.parse(json)))
        .isInstanceOf(TemplateFailure.class)
        .hasMessage(message);
  }

  @Test
  void stopsWhatWouldNotEnd() throws Exception {
    Template doubled = Template.parse("{{range $i := .}}{{range $}}{{toJson $}}{{end}}{{end}}");
    Object list = Json.parse("[" + "1,".repeat(2000) + "1]");
    assertThatThrownBy(() -> doubled.evaluate(list, 100_000))
        .hasMessage("line 1, column 31: the output grows longer than 100000 characters");
    assertThatThrownBy(() -> evaluate("{{range 1000000000000}}{{end}}", null))
        .hasMessageContaining("more than 20000000 rounds");
    assertThatThrownBy(() -> Template.parse("{{if 1}}".repeat(2000)))
        .hasMessageContaining("more than 500 levels");
    assertThatThrownBy(
            () -> Template.parse("{{" + "(".repeat(2000) + "1" + ")".repeat(2000) + "}}"))
        .hasMessageContaining("more than 500 levels");
    assertThatThrownBy(
            () -> evaluate("{{getRegexpFirstMatch . `(.*.*.*.*.*)y`}}", "x".repeat(3000)))
        .hasMessageContaining("takes too long");
    assertThatThrownBy(
            () -> evaluate("{{getRegexpFirstMatch . `((?:.|\\n)*)z`}}", "x".repeat(1_000_000)))
        .hasMessageContaining("takes too long");
    Object huge = Json.parse("1e100000000");
    assertThatThrownBy(() -> evaluate("{{toInt .}}", huge))
        .hasMessageContaining("no integer that fits");
    assertThatThrownBy(() -> evaluate("{{printf \"%f\" .}}", huge))
        .hasMessageContaining("is not written out");
  }

  /// The one that most uses have: properties first, then the row's own, then a mark, so that the
  /// later of two equal keys is the one to keep.
  @Test
  void flattensARow() throws Exception {
    String template =
        "{\"value\":[{{- range $i, $row := index . \"value\" -}}{{- if $i}},{{end -}}{{\"{\" -}}"
            + "{{- $p := index $row \"properties\" -}}{{- if eq (kindOf $p) \"map\" -}}"
            + "{{- range $k, $v := $p -}}{{printf \"%q\" $k}}:{{toJson $v}},{{- end -}}{{- end -}}"
            + "{{- range $k, $v := $row -}}{{printf \"%q\" $k}}:{{toJson $v}},{{- end -}}"
            + "\"_flattened\":true}{{- end -}}]"
            + "{{- if index . \"nextLink\"}},\"nextLink\":{{toJson (index . \"nextLink\")}}{{end}}}";
    String json =
        "{\"value\":[{\"id\":1,\"name\":\"outer\",\"properties\":{\"name\":\"inner\",\"size\":{\"n\":2}}},"
            + "{\"id\":2}],\"nextLink\":\"https://api.acme.example/?p=2&q\"}";
    assertThat(Json.parse(evaluate(template, Json.parse(json))))
        .isEqualTo(
            Json.parse(
                "{\"value\":[{\"name\":\"outer\",\"size\":{\"n\":2},\"id\":1,"
                    + "\"properties\":{\"name\":\"inner\",\"size\":{\"n\":2}},\"_flattened\":true},"
                    + "{\"id\":2,\"_flattened\":true}],"
                    + "\"nextLink\":\"https://api.acme.example/?p=2&q\"}"));
  }

  @Test
  void isReadOnceAndHoldsNothingOfARun() throws Exception {
    Template template =
        Template.parse("{{$s := separator \",\"}}{{range .}}{{call $s}}{{.}}{{end}}");
    for (String json : List.of("[1,2]", "[3]", "[]")) {
      assertThat(template.evaluate(Json.parse(json), 100))
          .isEqualTo(json.replace("[", "").replace("]", ""));
    }
  }

  private static String evaluate(String template, @Nullable Object value) throws TemplateFailure {
    return Template.parse(template).evaluate(value, 1_000_000);
  }
}
