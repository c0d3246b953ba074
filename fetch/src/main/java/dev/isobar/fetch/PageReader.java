package dev.isobar.fetch;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Pagination;
import dev.isobar.catalog.RowColumn;
import dev.isobar.catalog.Schema;
import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.fetch.auth.Redaction;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.Json;
import dev.isobar.plan.Conventions;
import dev.isobar.plan.Scan;
import dev.isobar.plan.ScanColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/// Reads a response as rows: one pass over the text, no tree, only the columns that are wanted. One
/// instance per scan. Thread-safe.
///
/// A body that is there is read where it lies; rows of a larger one leave while it arrives. Where
/// an object repeats a key, the last value wins, be it a cell, the list of rows, or a token.
///
/// Source: `provider-format.md`, sections 3.2 and 3.7.
final class PageReader {
  /// The column of rows that are not objects.
  private static final String ANONYMOUS = "column_anon";

  private final Method method;
  private final Redaction redaction;
  private final Misfits misfits;
  private final List<ScanColumn> columns;
  private final Map<String, int[]> columnsByKey = new HashMap<>();
  private final PathNode root = new PathNode();
  private final boolean rootIsRows;

  /// Whether nothing is declared of the rows, so that each is one cell, whatever it is.
  private final boolean wholeRows;

  private final Bounds bounds;
  private final @Nullable Conversion conversion;

  /// Why no answer can be read, or null.
  private @Nullable FetchFailure unusable;

  PageReader(Scan scan, Redaction redaction, Misfits misfits, Bounds bounds) {
    this.bounds = bounds;
    this.method = scan.method();
    this.conversion = conversion(method);
    this.redaction = redaction;
    this.misfits = misfits;
    this.columns = scan.columns();
    for (int i = 0; i < columns.size(); i++) {
      int[] places = columnsByKey.getOrDefault(columns.get(i).key(), new int[0]);
      places = Arrays.copyOf(places, places.length + 1);
      places[places.length - 1] = i;
      columnsByKey.put(columns.get(i).key(), places);
    }
    List<RowColumn> declared = method.rowColumns();
    boolean undeclared = declared.size() == 1 && declared.getFirst().key().equals(ANONYMOUS);
    wholeRows = undeclared && columnsByKey.containsKey(ANONYMOUS);
    String objectKey = method.objectKey();
    rootIsRows = objectKey == null || PathNode.names(objectKey).isEmpty();
    if (!rootIsRows && objectKey != null) {
      root.at(objectKey).rows = true;
    }
    Pagination pagination = method.pagination();
    if (pagination != null) {
      want(pagination.response(), Page.TOKEN);
      want(pagination.terminator(), Page.PAGES);
    }
    want(method.total(), Page.TOTAL);
    if (pagination == null && !rootIsRows) {
      Conventions.places().forEach(root::expect);
    }
  }

  private @Nullable Conversion conversion(Method method) {
    try {
      return Conversion.of(method);
    } catch (FetchFailure e) {
      unusable = e;
      return null;
    }
  }

  private void want(Pagination.@Nullable Token token, int fact) {
    if (token != null && token.location() == Pagination.Location.BODY && !token.key().isEmpty()) {
      root.at(token.key()).fact = fact;
    }
  }

  /// @param absent the cells of a row that lacks all keys; copied, not changed
  /// @param chunks where rows of a large page leave
  Page read(Response response, @Nullable Object[] absent, RowChunks chunks)
      throws FetchFailure, InterruptedException {
    Page page = new Page();
    readHeaders(response, page);
    if (unusable != null) {
      throw unusable;
    }
    String declared = String.valueOf(method.responseMediaType()).toLowerCase(Locale.ROOT);
    String type = response.mediaType();
    if (response.isWhole() && isEmpty(response.beginning())) {
      // No Content is an answer. An empty list is spelled `[]`: where a list was promised, nothing
      // at all is a body that got lost.
      if (response.status == 200 && !rootIsRows) {
        throw failed(
            "the API sent an empty answer where `" + method.objectKey() + "` should be",
            Repeat.MAYBE_DONE);
      }
      page.rowsFound = true;
      return page;
    }
    if (type.contains("html") && !declared.contains("html")) {
      throw failed(
          "the API sent an HTML page (`"
              + ApiErrors.text(response, redaction)
              + "`) where JSON should be",
          Repeat.USELESS);
    }
    if (conversion != null) {
      Conversion.Converted converted;
      try {
        converted = conversion.convert(utf8(response), isCharsetKnown(response));
      } catch (FetchFailure e) {
        // It quotes the answer, and APIs echo what they are sent.
        throw e.saying(redaction.redact(e.what));
      }
      readConverted(converted, page, absent, chunks);
      return page;
    }
    if (isText(declared)) {
      String text = Conversion.text(declared, response.body(), response.charset());
      page.rows.add(anonymous(absent, text));
      page.rowsFound = true;
      return page;
    }
    byte[] beginning = response.beginning();
    if (response.isWhole() || isWide(beginning) || !isUtf8(response)) {
      readWhole(new WholeText(utf8(response)), page, absent, chunks);
    } else {
      int mark = isMarked(beginning) ? 3 : 0;
      readArriving(new ArrivingText(response.content(mark)), page, absent, chunks);
    }
    return page;
  }

  private void readConverted(
      Conversion.Converted converted, Page page, @Nullable Object[] absent, RowChunks chunks)
      throws FetchFailure, InterruptedException {
    WholeText text = new WholeText(converted.json().getBytes(StandardCharsets.UTF_8));
    if (conversion != null && conversion.givesRows()) {
      run(new Pass(text, page, absent, chunks, true));
      page.rowsFound = true;
      page.token = converted.next();
      return;
    }
    if (converted.json().isBlank()) {
      throw failed("its document's transform makes nothing of the answer", Repeat.USELESS);
    }
    readWhole(text, page, absent, chunks);
    Object raw = converted.raw();
    Pagination pagination = method.pagination();
    if (pagination != null) {
      page.token = rawFact(pagination.response(), raw, page.token);
      page.pages = rawFact(pagination.terminator(), raw, page.pages);
    } else if (raw instanceof Map<?, ?> && !rootIsRows) {
      for (String place : Conventions.places()) {
        Object value = raw;
        for (String name : Conventions.names(place)) {
          value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        // As where the answer is read as it comes: a structure is no sign.
        if (value != null && !(value instanceof Map) && !(value instanceof List)) {
          page.signs.putIfAbsent(place, value.toString());
        }
      }
    }
    page.total = rawFact(method.total(), raw, page.total);
  }

  /// What the answer itself says, before what its transform lets through.
  private static @Nullable String rawFact(
      Pagination.@Nullable Token token, @Nullable Object raw, @Nullable String otherwise) {
    if (token == null || token.location() != Pagination.Location.BODY || token.key().isEmpty()) {
      return otherwise;
    }
    String found = scalar(JsonPath.find(token.key(), raw));
    return found == null ? otherwise : found;
  }

  private static @Nullable String scalar(List<@Nullable Object> found) {
    Object last = found.isEmpty() ? null : found.getLast();
    return switch (last) {
      case null -> null;
      case String text -> text;
      default -> Json.write(last);
    };
  }

  private void readWhole(WholeText text, Page page, @Nullable Object[] absent, RowChunks chunks)
      throws FetchFailure, InterruptedException {
    if (!rootIsRows || root.hasChildren()) {
      run(new Pass(text, page, absent, chunks, false));
    }
    if (!page.rowsFound) {
      readRoot(text, text.json(), page, absent, chunks);
    }
  }

  private void readArriving(
      ArrivingText text, Page page, @Nullable Object[] absent, RowChunks chunks)
      throws FetchFailure, InterruptedException {
    boolean whole = rootIsRows && !root.hasChildren();
    if (whole) {
      text.release();
    }
    run(new Pass(text, page, absent, chunks, whole));
    if (page.rowsFound) {
      return;
    }
    byte[] json = text.whole();
    if (json == null) {
      throw failed(
          "the answer has no `" + method.objectKey() + "`, and is too large to be a row itself",
          Repeat.USELESS);
    }
    readRoot(new WholeText(json), json, page, absent, chunks);
  }

  /// Reads a document that lacks the place of the rows.
  private void readRoot(
      WholeText text, byte[] json, Page page, @Nullable Object[] absent, RowChunks chunks)
      throws FetchFailure, InterruptedException {
    if (rootIsRows || isRow(json)) {
      run(new Pass(text, page, absent, chunks, true));
    } else {
      // The list is empty here, which says nothing of the next page.
      page.rowsFound = true;
    }
  }

  private void run(Pass pass) throws FetchFailure, InterruptedException {
    try {
      pass.run();
    } catch (JacksonIOException e) {
      throw BrokenBody.failure(e.getCause());
    } catch (JacksonException e) {
      if (isCutOff(e, pass.text)) {
        throw ConnectionFailures.truncated();
      }
      throw failed(
          "the API's answer is not JSON: " + redaction.redact(Json.explain(e)).replace('\n', ' '),
          Repeat.USELESS);
    }
  }

  /// Whether a document without the place of the rows is a row itself, as the format has it, and
  /// not an empty list or no answer to the question at all.
  ///
  /// @throws FetchFailure when it is none of these: rows are missing then
  private boolean isRow(byte[] json) throws FetchFailure {
    Set<String> keys = topLevelKeys(json);
    if (keys == null) {
      return true;
    }
    Pagination pagination = method.pagination();
    // Numbered pages always have their list, if only an empty one.
    if (pagination == null
        || pagination.algorithm() != Pagination.Algorithm.PAGE_NUMBER
        || !method.isPaged()) {
      Schema schema = method.responseSchema();
      Set<String> envelope = schema == null ? Set.of() : schema.allProperties().keySet();
      String list = PathNode.names(String.valueOf(method.objectKey())).getFirst();
      if (envelope.contains(list) && envelope.containsAll(keys)) {
        // An envelope that leaves out an empty list, as protocol buffers in JSON do.
        return false;
      }
      if (wholeRows
          || method.columns().isEmpty()
          || method.columns().stream().anyMatch(column -> keys.contains(column.key()))) {
        return true;
      }
    }
    throw failed("the answer has no `" + method.objectKey() + "`", Repeat.USELESS);
  }

  /// The keys of the document, or null when it is no object.
  private static @Nullable Set<String> topLevelKeys(byte[] json) {
    try (JsonParser parser = Json.FACTORY.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      Set<String> keys = new HashSet<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        keys.add(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
      return keys;
    }
  }

  private void readHeaders(Response response, Page page) {
    Pagination pagination = method.pagination();
    if (pagination != null && pagination.response().location() == Pagination.Location.HEADER) {
      page.token = Paging.headerToken(pagination, response);
    }
    if (pagination != null) {
      page.pages = header(response, pagination.terminator());
    } else {
      page.link = LinkHeader.next(response.headers.allValues("Link"));
    }
    page.total = header(response, method.total());
  }

  private static @Nullable String header(Response response, Pagination.@Nullable Token token) {
    return token != null && token.location() == Pagination.Location.HEADER
        ? response.headers.firstValue(token.key()).orElse(null)
        : null;
  }

  /// Whether the text is wrong only in that it ends: then a part of it got lost.
  private static boolean isCutOff(JacksonException e, JsonText text) {
    return e instanceof UnexpectedEndOfInputException
        || e.getOriginalMessage().startsWith("Unexpected end-of-input")
        || (e.getLocation() != null
            && text.isComplete()
            && e.getLocation().getByteOffset() >= text.received());
  }

  private static FetchFailure failed(String what, Repeat repeat) {
    return FetchFailure.of(ErrorCode.REQUEST_FAILED, what, "", repeat);
  }

  /// Whether the document declares answers of this type to be something other than JSON.
  private static boolean isText(String declared) {
    return !declared.equals("null")
        && !declared.contains("json")
        && !declared.contains("*")
        && declared.contains("/");
  }

  static boolean isEmpty(byte[] body) {
    for (byte b : body) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  private static boolean isWide(byte[] body) {
    return body.length > 1 && (body[0] == 0 || body[1] == 0);
  }

  /// Whether the header or the bytes tell the charset: they come before what XML says of itself.
  static boolean isCharsetKnown(Response response) {
    byte[] beginning = response.beginning();
    return response.namesCharset() || isMarked(beginning) || isWide(beginning);
  }

  private static boolean isMarked(byte[] body) {
    return body.length > 2
        && body[0] == (byte) 0xEF
        && body[1] == (byte) 0xBB
        && body[2] == (byte) 0xBF;
  }

  private static boolean isUtf8(Response response) {
    return isMarked(response.beginning()) || response.charset().equals(StandardCharsets.UTF_8);
  }

  /// The body in UTF-8 without a byte order mark: offsets into it are then those of the parser.
  static byte[] utf8(Response response) throws FetchFailure, InterruptedException {
    byte[] body = response.body();
    if (isMarked(body)) {
      return Arrays.copyOfRange(body, 3, body.length);
    }
    if (isWide(body)) {
      return new String(body, body[0] == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE)
          .getBytes(StandardCharsets.UTF_8);
    }
    return isUtf8(response)
        ? body
        : new String(body, response.charset()).getBytes(StandardCharsets.UTF_8);
  }

  private @Nullable Object[] anonymous(@Nullable Object[] absent, String text) {
    @Nullable Object[] row = absent.clone();
    int[] places = columnsByKey.get(ANONYMOUS);
    if (places != null) {
      for (int place : places) {
        row[place] = Cells.convert(text, columns.get(place).type(), false);
      }
    }
    return row;
  }

  /// One pass over one document.
  private final class Pass {
    private final JsonText text;
    private final Page page;
    private final @Nullable Object[] absent;
    private final RowChunks chunks;

    /// Whether the whole document is the row, or the list of rows.
    private final boolean whole;

    /// How much of the text had been read when rows left last.
    private long leftAt;

    Pass(JsonText text, Page page, @Nullable Object[] absent, RowChunks chunks, boolean whole) {
      this.text = text;
      this.page = page;
      this.absent = absent;
      this.chunks = chunks;
      this.whole = whole;
    }

    void run() throws FetchFailure, InterruptedException {
      try (JsonParser parser = text.parser()) {
        Cells cells = new Cells(text, parser, misfits);
        JsonToken token = parser.nextToken();
        if (whole || (rootIsRows && token == JsonToken.START_ARRAY)) {
          rows(parser, cells, token);
        } else {
          walk(parser, cells, token, root, false);
        }
        if (parser.nextToken() != null) {
          throw failed("the API's answer goes on after the end of its JSON", Repeat.USELESS);
        }
      }
    }

    /// @param inside whether the node is entered already, and this is an element of a list there or
    ///   a value of a map
    private void walk(
        JsonParser parser, Cells cells, JsonToken token, PathNode node, boolean inside)
        throws FetchFailure, InterruptedException {
      if (node.rows) {
        rows(parser, cells, token);
      } else if (node.sign != null && token.isScalarValue()) {
        if (token != JsonToken.VALUE_NULL) {
          page.signs.put(node.sign, parser.getString());
        }
      } else if (node.fact >= 0 && token.isScalarValue()) {
        if (token != JsonToken.VALUE_NULL) {
          page.fact(node.fact, parser.getString());
        }
      } else if (token == JsonToken.START_OBJECT && node.hasChildren()) {
        object(parser, cells, node, node.each && !inside);
      } else if (token == JsonToken.START_ARRAY && node.hasChildren()) {
        while (true) {
          JsonToken element = parser.nextToken();
          if (element == JsonToken.END_ARRAY) {
            return;
          }
          walk(parser, cells, element, node, true);
        }
      } else if (node.fact >= 0) {
        // A token that is a structure (DynamoDB's last evaluated key) goes back as it came.
        page.fact(node.fact, cells.nested());
      } else {
        parser.skipChildren();
      }
    }

    /// @param map whether values whose keys are not expected lead on as the elements of a list do
    private void object(JsonParser parser, Cells cells, PathNode node, boolean map)
        throws FetchFailure, InterruptedException {
      long rowsBefore = page.count();
      List<PathNode> seen = new ArrayList<>(4);
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        PathNode child = node.child(parser.currentName());
        JsonToken value = parser.nextToken();
        if (child == null && map) {
          walk(parser, cells, value, node, true);
          continue;
        }
        if (child == null) {
          parser.skipChildren();
          continue;
        }
        if (seen.contains(child)) {
          child.forget(page);
          if (child.leadsToRows()) {
            page.cut(rowsBefore);
          }
        }
        seen.add(child);
        walk(parser, cells, value, child, false);
      }
    }

    private void rows(JsonParser parser, Cells cells, JsonToken token)
        throws FetchFailure, InterruptedException {
      page.rowsFound = !whole || rootIsRows;
      if (text instanceof ArrivingText arriving) {
        arriving.release();
      }
      if (token == JsonToken.START_ARRAY) {
        while (true) {
          JsonToken element = parser.nextToken();
          if (element == JsonToken.END_ARRAY) {
            return;
          }
          row(parser, cells, element);
        }
      } else if (token != JsonToken.VALUE_NULL) {
        row(parser, cells, token);
      }
    }

    private void row(JsonParser parser, Cells cells, JsonToken token)
        throws FetchFailure, InterruptedException {
      @Nullable Object[] row = absent.clone();
      if (token == JsonToken.START_OBJECT && !wholeRows) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          int[] places = columnsByKey.get(parser.currentName());
          JsonToken value = parser.nextToken();
          if (places == null) {
            parser.skipChildren();
          } else {
            fill(cells, row, places, value);
          }
        }
      } else {
        int[] places = columnsByKey.get(ANONYMOUS);
        if (places == null) {
          parser.skipChildren();
        } else {
          fill(cells, row, places, token);
        }
      }
      page.rows.add(row);
      if (text instanceof ArrivingText
          && (page.rows.size() >= bounds.rows() || text.received() - leftAt >= bounds.bytes())) {
        chunks.leave(page);
        leftAt = text.received();
      }
    }

    private void fill(Cells cells, @Nullable Object[] row, int[] places, JsonToken value) {
      // One key may feed several columns; an object can be read from the parser only once.
      String nested = value.isStructStart() ? cells.nested() : null;
      for (int place : places) {
        row[place] =
            nested == null
                ? cells.read(value, columns.get(place).type(), place)
                : cells.nested(nested, columns.get(place).type(), place);
      }
    }
  }
}
