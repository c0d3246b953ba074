package dev.isobar.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a method's document says of its calls beyond plain OpenAPI: how the request is written and
/// how the answer is read. Most methods say nothing ([#PLAIN]).
///
/// Source: `provider-format.md`, sections 2.1, 2.5 to 2.7, 4.6, 5 and 8.
///
/// @param casing how names are written on the wire (`request.nativeCasing`)
/// @param base a body, as JSON text, over which the fields given are merged (`request.base`); null
///   when there is none
/// @param otherwise the whole body, as JSON text, when no field is given (`request.default`)
/// @param requestTransform makes the body of the fields; null when they are the body
/// @param responseTransform makes rows of the answer's text; null when the answer is read as it is
/// @param overrideMediaType of what the response transform gives; without it the transform is not
///   applied, except under GraphQL
/// @param formPost whether the query travels as a form in the body (`get_query_to_post_form_utf_8`)
/// @param dropsDoubleUnderscore whether query parameters that begin with `__` only tell operations
///   apart and are not sent (`drop_double_underscore_params`)
/// @param numberedLists whether lists and objects in the query become `Filter.1.Value.1=…`
///   (`AWSCanonical`)
/// @param xmlBody how an XML body is dressed, or null for the plain way
/// @param protocol `info.x-protocol`, such as `query`, `ec2` or `rest-xml`; empty when there is
///   none
/// @param signingName the service's name in AWS signatures: `serviceName`, `info.x-serviceName`,
///   else the title; empty for providers that sign otherwise and name none
/// @param graphQl the query behind the operation, or null
/// @param program of a method that runs a local program, its arguments as templates; empty for HTTP
public record Wire(
    Casing casing,
    @Nullable String base,
    @Nullable String otherwise,
    @Nullable Transform requestTransform,
    @Nullable Transform responseTransform,
    @Nullable String overrideMediaType,
    boolean formPost,
    boolean dropsDoubleUnderscore,
    boolean numberedLists,
    @Nullable XmlBody xmlBody,
    String protocol,
    String signingName,
    @Nullable GraphQl graphQl,
    List<String> program) {

  /// Nothing but what OpenAPI says.
  public static final Wire PLAIN =
      new Wire(
          Casing.NONE,
          null,
          null,
          null,
          null,
          null,
          false,
          false,
          false,
          null,
          "",
          "",
          null,
          List.of());

  public Wire {
    program = List.copyOf(program);
  }

  /// How the API writes names, where SQL may write them in snake_case.
  public enum Casing {
    /// Names are the same on both sides.
    NONE,
    PASCAL,
    CAMEL,
    KEBAB,
    SNAKE
  }

  /// A program over a request or a response.
  ///
  /// @param type such as `golang_template_json_v0.3.0`
  /// @param body the template; empty for types without one
  public record Transform(String type, String body) {}

  /// What surrounds an XML body.
  ///
  /// @param declaration text before the root element
  /// @param rootAnnotation attributes of the root element, as written
  /// @param unescapes whether escaped characters are put back once the body is written
  public record XmlBody(String declaration, String rootAnnotation, boolean unescapes) {}

  /// A GraphQL query behind a pseudo-operation (`x-stackQL-graphQL`).
  ///
  /// @param query template over the parameters, `.limit` and `.cursor`
  /// @param rows JSONPath to the rows
  public record GraphQl(String url, String httpVerb, String query, String rows, Cursor cursor) {}

  /// How a GraphQL list goes on.
  ///
  /// @param strategy `cursor_after`, `keyset`, `offset` or `page_info`
  /// @param path JSONPath to the next cursor
  /// @param format template over `.value` that renders `.cursor`; empty for the strategy's own
  /// @param goesOn JSONPath to a flag that ends the list when it is false or absent; null for none
  /// @param pageSize under `offset`, the rows of a full page; 0 when not told
  public record Cursor(
      String strategy, String path, String format, @Nullable String goesOn, long pageSize) {}
}
