package dev.isobar.catalog.compiled;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Method.BodyNames;
import dev.isobar.catalog.Method.CredentialUse;
import dev.isobar.catalog.Method.FilterSpec;
import dev.isobar.catalog.Method.PageSize;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Operation.Body;
import dev.isobar.catalog.Operation.Server;
import dev.isobar.catalog.Pagination;
import dev.isobar.catalog.RowColumn;
import dev.isobar.model.ColumnType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The encoding of a method: writing and reading mirror each other, part by part.
final class MethodForm {
  // Calling values() each time would copy the array.
  private static final Input.Location[] LOCATIONS = Input.Location.values();
  private static final ColumnType[] TYPES = ColumnType.values();
  private static final CredentialUse[] CREDENTIALS = CredentialUse.values();
  private static final Pagination.Algorithm[] ALGORITHMS = Pagination.Algorithm.values();
  private static final Pagination.Location[] TOKEN_LOCATIONS = Pagination.Location.values();

  private MethodForm() {}

  static void write(FileWriter.Part out, Method method) {
    out.text(method.name());
    out.text(method.summary());
    out.text(method.description());
    out.flag(method.deprecated());
    operation(out, method.operation());
    out.number(method.inputs().size());
    method.inputs().forEach(input -> input(out, input));
    out.text(method.bodyNames().prefix());
    out.text(method.bodyNames().path());
    out.text(method.objectKey());
    out.schema(method.responseSchema());
    out.number(method.columns().size());
    method.columns().forEach(column -> column(out, column));
    out.text(method.responseMediaType());
    out.texts(method.scopes());
    out.constant(method.credential());
    pagination(out, method.pagination());
    PageSize pageSize = method.pageSize();
    out.flag(pageSize != null);
    if (pageSize != null) {
      out.text(pageSize.key());
      out.number(pageSize.largest());
    }
    token(out, method.total());
    filter(out, method.filter());
    WireForm.write(out, method.wire());
  }

  static Method read(FileReader.Cursor in) {
    return new Method(
        in.text(),
        in.text(),
        in.text(),
        in.flag(),
        operation(in),
        inputs(in),
        new BodyNames(in.text(), in.text()),
        in.textOrNull(),
        in.schemaOrNull(),
        columns(in),
        in.textOrNull(),
        in.texts(),
        in.oneOf(CREDENTIALS),
        pagination(in),
        in.flag() ? new PageSize(in.text(), in.number()) : null,
        token(in),
        filter(in),
        WireForm.read(in));
  }

  private static void operation(FileWriter.Part out, Operation operation) {
    out.text(operation.id());
    out.text(operation.httpVerb());
    out.text(operation.path());
    body(out, operation.body());
    out.number(operation.servers().size());
    operation
        .servers()
        .forEach(server -> {
          out.text(server.url());
          out.value(server.defaults());
          out.value(server.choices());
        });
    out.text(operation.success());
    out.number(operation.responses().size());
    operation
        .responses()
        .forEach((status, body) -> {
          out.text(status);
          body(out, body);
        });
  }

  private static Operation operation(FileReader.Cursor in) {
    return new Operation(
        in.text(), in.text(), in.text(), body(in), servers(in), in.text(), responses(in));
  }

  private static List<Server> servers(FileReader.Cursor in) {
    int count = in.count();
    List<Server> servers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String url = in.text();
      Map<String, String> defaults = new HashMap<>();
      for (var entry : in.map().entrySet()) {
        defaults.put(entry.getKey(), String.valueOf(entry.getValue()));
      }
      Map<String, List<String>> choices = new HashMap<>();
      for (var entry : in.map().entrySet()) {
        if (entry.getValue() instanceof List<?> values) {
          choices.put(entry.getKey(), values.stream().map(String::valueOf).toList());
        }
      }
      servers.add(new Server(url, defaults, choices));
    }
    return servers;
  }

  private static Map<String, Body> responses(FileReader.Cursor in) {
    int count = in.count();
    Map<String, Body> responses = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String status = in.text();
      Body body = body(in);
      if (body != null) {
        responses.put(status, body);
      }
    }
    return responses;
  }

  private static void body(FileWriter.Part out, @Nullable Body body) {
    out.flag(body != null);
    if (body != null) {
      out.text(body.mediaType());
      out.flag(body.required());
      out.schema(body.schema());
    }
  }

  private static @Nullable Body body(FileReader.Cursor in) {
    return in.flag() ? new Body(in.text(), in.flag(), in.schemaOrNull()) : null;
  }

  private static void input(FileWriter.Part out, Input input) {
    out.text(input.name());
    out.text(input.wireName());
    out.constant(input.location());
    out.flag(input.required());
    out.schema(input.schema());
    out.text(input.description());
    out.text(input.defaultValue());
    out.text(input.environmentVariable());
    out.flag(input.explode());
    out.texts(input.aliases());
    out.flag(input.shownAsRequired());
  }

  private static List<Input> inputs(FileReader.Cursor in) {
    int count = in.count();
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      inputs.add(
          new Input(
              in.text(),
              in.text(),
              in.oneOf(LOCATIONS),
              in.flag(),
              in.schema(),
              in.text(),
              in.textOrNull(),
              in.textOrNull(),
              in.flag(),
              in.texts(),
              in.flag()));
    }
    return inputs;
  }

  private static void column(FileWriter.Part out, RowColumn column) {
    out.text(column.name());
    out.text(column.key());
    out.constant(column.type());
    out.text(column.declaredType());
    out.text(column.description());
    out.schema(column.schema());
  }

  private static List<RowColumn> columns(FileReader.Cursor in) {
    int count = in.count();
    List<RowColumn> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      columns.add(
          new RowColumn(in.text(), in.text(), in.oneOf(TYPES), in.text(), in.text(), in.schema()));
    }
    return columns;
  }

  private static void pagination(FileWriter.Part out, @Nullable Pagination pagination) {
    out.flag(pagination != null);
    if (pagination != null) {
      out.constant(pagination.algorithm());
      token(out, pagination.request());
      token(out, pagination.response());
      token(out, pagination.terminator());
    }
  }

  private static @Nullable Pagination pagination(FileReader.Cursor in) {
    if (!in.flag()) {
      return null;
    }
    Pagination.Algorithm algorithm = in.oneOf(ALGORITHMS);
    Pagination.Token request = token(in);
    Pagination.Token response = token(in);
    Pagination.Token terminator = token(in);
    return request == null || response == null
        ? null
        : new Pagination(algorithm, request, response, terminator);
  }

  private static void token(FileWriter.Part out, Pagination.@Nullable Token token) {
    out.flag(token != null);
    if (token != null) {
      out.text(token.key());
      out.constant(token.location());
    }
  }

  private static Pagination.@Nullable Token token(FileReader.Cursor in) {
    return in.flag() ? new Pagination.Token(in.text(), in.oneOf(TOKEN_LOCATIONS)) : null;
  }

  private static void filter(FileWriter.Part out, @Nullable FilterSpec filter) {
    out.flag(filter != null);
    if (filter != null) {
      out.text(filter.dialect());
      out.constant(filter.location());
      out.text(filter.key());
      out.texts(filter.columns());
    }
  }

  private static @Nullable FilterSpec filter(FileReader.Cursor in) {
    return in.flag() ? new FilterSpec(in.text(), in.oneOf(LOCATIONS), in.text(), in.texts()) : null;
  }
}
