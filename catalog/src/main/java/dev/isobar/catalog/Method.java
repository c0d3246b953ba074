package dev.isobar.catalog;

import dev.isobar.catalog.Pagination.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A named entry of a resource: one HTTP operation and how SQL reaches it. Immutable.
///
/// Source: `provider-format.md`, sections 2.3 to 2.7 and 6.
///
/// @param inputs everything that can be given to a call, in document order: path, query, header,
///   server variables, body properties. A name occurs once; where a body property and a parameter
///   share a name, the parameter is listed.
/// @param bodyNames how SQL names of body properties become the body
/// @param objectKey JSONPath to the rows in the response, or null when the response is the rows
/// @param responseSchema the schema of the whole response, or null when none is declared
/// @param columns columns of the rows; empty when the response has no declared rows
/// @param responseMediaType sent as Accept; null when the response has no body
/// @param scopes OAuth scopes that the operation needs, as `security` lists them
/// @param credential whether the operation needs one
/// @param pagination how to get the next page, or null when nothing is declared
/// @param pageSize the query parameter that sets the rows of a page, or null
/// @param total where the response tells the number of all rows, or null
/// @param filter how the API filters and sorts for us, or null
/// @param wire how calls differ from plain OpenAPI
public record Method(
    String name,
    String summary,
    String description,
    boolean deprecated,
    Operation operation,
    List<Input> inputs,
    BodyNames bodyNames,
    @Nullable String objectKey,
    @Nullable Schema responseSchema,
    List<RowColumn> columns,
    @Nullable String responseMediaType,
    List<String> scopes,
    CredentialUse credential,
    @Nullable Pagination pagination,
    @Nullable PageSize pageSize,
    @Nullable Token total,
    @Nullable FilterSpec filter,
    Wire wire) {

  public Method {
    inputs = List.copyOf(inputs);
    columns = List.copyOf(columns);
    scopes = List.copyOf(scopes);
  }

  /// What people read of it; the summary where there is no more, and whether it is deprecated.
  public String shownDescription() {
    String text = description.isBlank() ? summary : description;
    return deprecated && !text.toLowerCase(Locale.ROOT).contains("deprec")
        ? "Deprecated. " + text
        : text;
  }

  /// The inputs that people are told to give: parameters by name, then body properties, then server
  /// variables.
  public List<Input> shownRequired() {
    return inputs.stream()
        .filter(Input::shownAsRequired)
        .sorted(Comparator.comparingInt(Method::group).thenComparing(Input::name))
        .toList();
  }

  private static int group(Input input) {
    return switch (input.location()) {
      case PATH, QUERY, HEADER -> 0;
      case BODY -> 1;
      case SERVER -> 2;
    };
  }

  /// The inputs without which the method cannot be called.
  public List<Input> requiredInputs() {
    List<Input> required = new ArrayList<>();
    for (Input input : inputs) {
      if (input.required()) {
        required.add(input);
      }
    }
    return required;
  }

  /// The input of that SQL name, or null. A name that an input is listed under comes before one
  /// that another may also be called by.
  public @Nullable Input input(String sqlName) {
    Input alias = null;
    for (Input input : inputs) {
      if (input.name().equals(sqlName)) {
        return input;
      }
      if (alias == null && input.aliases().contains(sqlName)) {
        alias = input;
      }
    }
    return alias;
  }

  /// The method where environment variables give inputs their values (`x-stackQL-envVar`).
  ///
  /// @param environment reads a variable; null when it is not set
  Method inEnvironment(Function<String, @Nullable String> environment) {
    List<Input> resolved = new ArrayList<>();
    for (Input input : inputs) {
      String variable = input.environmentVariable();
      String value = variable == null ? null : environment.apply(variable);
      resolved.add(value == null || value.isEmpty() ? input : input.withEnvironment(value));
    }
    return new Method(
        name,
        summary,
        description,
        deprecated,
        operation,
        resolved,
        bodyNames,
        objectKey,
        responseSchema,
        columns,
        responseMediaType,
        scopes,
        credential,
        pagination,
        pageSize,
        total,
        filter,
        wire);
  }

  boolean readsEnvironment() {
    return inputs.stream().anyMatch(input -> input.environmentVariable() != null);
  }

  /// The columns that SELECT has: those of the rows, or, where none are declared, the whole row as
  /// JSON.
  public List<RowColumn> rowColumns() {
    return columns.isEmpty() ? List.of(RowColumn.WHOLE_ROW) : columns;
  }

  /// The column that SQL calls so, or null. A column's own name comes before what a response calls
  /// another.
  public @Nullable RowColumn column(String sqlName) {
    RowColumn other = null;
    for (RowColumn column : rowColumns()) {
      if (column.name().equals(sqlName)) {
        return column;
      }
      if (other == null && column.isCalled(sqlName)) {
        other = column;
      }
    }
    return other;
  }

  /// Whether the method has a body that nothing but the whole of it can give: a list, or one whose
  /// fields the document doesn't name.
  public boolean takesWholeBodyOnly() {
    return operation.body() != null
        && inputs.stream().noneMatch(input -> input.location() == Input.Location.BODY);
  }

  /// Whether an answer may be one page of several. Pagination is declared for whole services, so a
  /// numbered page also has to look like one: its schema tells the number.
  public boolean isPaged() {
    Pagination declared = pagination;
    // Where no key leads to the rows, the answer is one row: an envelope, or a single thing.
    if (declared == null || (objectKey == null && !answersWithArray())) {
      return false;
    }
    if (declared.algorithm() == Pagination.Algorithm.TOKEN || responseSchema == null) {
      return true;
    }
    String key = declared.response().key();
    String property = key.startsWith("$.") ? key.substring(2) : key;
    return responseSchema.allProperties().containsKey(property);
  }

  private boolean answersWithArray() {
    return responseSchema == null || responseSchema.type().equals("array");
  }

  /// The same method without pages: one call reads what one page holds.
  public Method withoutPagination() {
    return new Method(
        name,
        summary,
        description,
        deprecated,
        operation,
        inputs,
        bodyNames,
        objectKey,
        responseSchema,
        columns,
        responseMediaType,
        scopes,
        credential,
        null,
        pageSize,
        null,
        filter,
        wire);
  }

  /// Whether a call needs a credential.
  public enum CredentialUse {
    /// Refused without one.
    REQUIRED,
    /// Answers with less without one.
    OPTIONAL,
    /// Public.
    NONE
  }

  /// The parameter that sets how many rows a page has.
  ///
  /// @param largest the largest that the document allows
  public record PageSize(String key, long largest) {}

  /// How SQL names map to the body (`requestBodyTranslate`).
  ///
  /// @param prefix put before each property's name, `data__` by default
  /// @param path property of the body that holds the fields; empty for the body itself
  public record BodyNames(String prefix, String path) {
    public static final BodyNames DEFAULT = new BodyNames("data__", "");
    public static final BodyNames NAIVE = new BodyNames("", "");
  }

  /// Filtering by the API: our extension `x-isobar-filter`, see `docs/extensions.md`.
  ///
  /// @param columns names of the columns that the API can filter
  public record FilterSpec(
      String dialect, Input.Location location, String key, List<String> columns) {
    public FilterSpec {
      columns = List.copyOf(columns);
    }
  }
}
