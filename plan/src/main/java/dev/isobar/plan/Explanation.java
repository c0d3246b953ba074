package dev.isobar.plan;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Wire;
import dev.isobar.model.Column;
import dev.isobar.model.ColumnType;
import dev.isobar.resolve.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What EXPLAIN shows: the requests of a plan, a row each. Holds no secret.
public final class Explanation {
  /// The columns of [#of].
  public static final List<Column> COLUMNS =
      List.of(
          new Column("step", ColumnType.BIGINT),
          new Column("table", ColumnType.VARCHAR),
          new Column("method", ColumnType.VARCHAR),
          new Column("request", ColumnType.VARCHAR),
          new Column("binds", ColumnType.VARCHAR),
          new Column("requests", ColumnType.VARCHAR),
          new Column("scopes", ColumnType.VARCHAR));

  /// More requests than these are counted, not listed.
  private static final int LISTED = 100;

  /// Parts of names whose values are not shown.
  private static final List<String> SECRETS =
      List.of("password", "passphrase", "root_pass", "secret", "private_key", "ssl_key", "token");

  private Explanation() {}

  /// One row for each request template, in the order in which they begin.
  public static List<@Nullable Object[]> of(Plan plan) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    add(rows, plan);
    return rows;
  }

  private static void add(List<@Nullable Object[]> rows, Plan plan) {
    switch (plan) {
      case Plan.Query query -> query.tables().forEach(scan -> addScan(rows, scan));
      case Plan.Mutation mutation -> addMutation(rows, mutation);
      case Plan.Exec exec -> {
        Request request =
            new Requests(exec.table().provider().name(), exec.method())
                .request(
                    redacted(exec.method(), exec.values()), exec.json() == null ? null : Map.of());
        String body = exec.json() == null ? request.body() : "(the body given as @@json)";
        addRow(
            rows,
            exec.table(),
            exec.method(),
            shown(request, body),
            "",
            requestsText(exec.method()));
      }
      case Plan.Explain explain -> add(rows, explain.plan());
      // Only the registry knows where it is: whoever has one adds its requests.
      case Plan.RegistryList _, Plan.RegistryPull _ -> {}
      case Plan.Store store -> add(rows, store.query());
      case Plan.CreateView _, Plan.DropView _, Plan.Local _ -> {}
      case Plan.Metadata _, Plan.Auth _, Plan.SetOption _ -> {}
    }
  }

  private static void addScan(List<@Nullable Object[]> rows, TableScan scan) {
    Map<String, String> known = new LinkedHashMap<>();
    List<String> binds = new ArrayList<>();
    long times = 1;
    List<String> each = new ArrayList<>();
    for (Binding binding : scan.bindings()) {
      switch (binding) {
        case Binding.Constants constants -> {
          binds.add(constants.input().name() + " " + constants.text());
          times *= constants.values().size();
          if (constants.values().size() == 1) {
            known.put(
                constants.input().wireName(), Values.plainText(constants.values().getFirst()));
          }
        }
        case Binding.Keys keys -> {
          binds.add(
              keys.inputs().stream().map(Input::name).collect(Collectors.joining(", "))
                  + " from "
                  + keys.text());
          each.add(keys.inputs().stream().map(Input::name).collect(Collectors.joining(", ")));
        }
      }
    }
    String count = times == 1 ? "" : times + " × ";
    String requests = count + requestsText(scan.method());
    if (times == 0) {
      requests = "none: nothing equals NULL";
    } else if (!each.isEmpty()) {
      requests += " for each distinct " + String.join(" × ", each) + ", in parallel";
    }
    if (scan.rowLimit() != Long.MAX_VALUE) {
      requests += ", until there are " + scan.rowLimit() + " rows";
    } else if (scan.mayStopEarly()) {
      requests += ", until the LIMIT is reached";
    }
    addRow(
        rows,
        scan.table(),
        scan.method(),
        template(scan, known),
        String.join("; ", binds),
        requests);
  }

  private static String template(TableScan scan, Map<String, String> known) {
    Method method = scan.method();
    Wire.GraphQl graphQl = method.wire().graphQl();
    if (graphQl != null) {
      return graphQl.httpVerb() + " " + graphQl.url() + " " + graphQl.query().strip();
    }
    if (!method.wire().program().isEmpty()) {
      return method.operation().httpVerb() + " " + ProgramRun.shown(method.wire().program());
    }
    Operation operation = method.operation();
    StringBuilder url = new StringBuilder(operation.httpVerb()).append(' ');
    if (!operation.servers().isEmpty()) {
      String server = operation.servers().getFirst().url();
      url.append(server.endsWith("/") ? server.substring(0, server.length() - 1) : server);
    }
    String path = operation.path();
    for (Map.Entry<String, String> entry : known.entrySet()) {
      path =
          path.replace("{" + entry.getKey() + "}", Requests.encodePath(method, entry.getValue()));
    }
    url.append(path);
    String separator = path.contains("?") ? "&" : "?";
    for (Binding binding : scan.bindings()) {
      for (Input input : binding.inputs()) {
        if (input.location() == Input.Location.QUERY) {
          url.append(separator).append(input.wireName()).append('=');
          String value = known.get(input.wireName());
          url.append(value == null ? "{" + input.name() + "}" : Request.encode(value));
          separator = "&";
        }
      }
    }
    Method.PageSize size = method.pageSize();
    if (size != null && !known.containsKey(size.key())) {
      url.append(separator).append(size.key()).append('=').append(size.largest());
    }
    Pushdown pushdown = scan.pushdown();
    if (pushdown != null && pushdown.location() == Input.Location.HEADER) {
      url.append(", ").append(pushdown.key()).append(": ").append(pushdown.text());
    } else if (pushdown != null) {
      url.append(separator).append(pushdown.key()).append('=');
      url.append(Request.encode(pushdown.text()));
    }
    return url.toString();
  }

  private static void addMutation(List<@Nullable Object[]> rows, Plan.Mutation mutation) {
    Table table = mutation.table();
    Method method = mutation.method();
    switch (mutation.source()) {
      case RowSource.Literals literals -> {
        Requests requests = new Requests(table.provider().name(), method);
        int listed = Math.min(LISTED, literals.rows().size());
        for (Map<String, @Nullable Object> row : literals.rows().subList(0, listed)) {
          Request request = requests.request(redacted(method, row), null);
          addRow(rows, table, method, shown(request, request.body()), "", "1");
        }
        if (literals.rows().size() > listed) {
          int more = literals.rows().size() - listed;
          addRow(rows, table, method, "…", "", more + " more of the same form");
        }
      }
      case RowSource.Rows query -> {
        add(rows, query.query());
        Operation operation = method.operation();
        String server = operation.servers().isEmpty() ? "" : operation.servers().getFirst().url();
        addRow(
            rows,
            table,
            method,
            operation.httpVerb() + " " + server + operation.path(),
            String.join(", ", query.names()) + " from the query",
            query.constants().size() == 1
                ? "1 for each row of the query"
                : query.constants().size() + " for each row of the query");
      }
    }
  }

  private static String requestsText(Method method) {
    if (!method.isPaged()) {
      String sign = Conventions.expected(method);
      return sign == null ? "1" : "1 for each page, by `" + sign + "` of the answer";
    }
    Method.PageSize size = method.pageSize();
    return size == null ? "1 for each page" : "1 for each page of " + size.largest();
  }

  private static String shown(Request request, @Nullable String body) {
    return request.verb() + " " + request.url() + (body == null ? "" : " " + body);
  }

  /// Values that people must not read over a shoulder, hidden.
  private static Map<String, @Nullable Object> redacted(
      Method method, Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    values.forEach((name, value) -> {
      Input input = method.input(name);
      String type = input == null ? "string" : input.schema().type();
      boolean secret =
          isSecret(name) || (input != null && input.schema().format().equals("password"));
      shown.put(
          name,
          switch (value) {
            case null -> null;
            // What must be a number or a flag has to stay one.
            case Object v when List.of("integer", "number", "boolean").contains(type) -> v;
            case Object v when input != null && List.of("array", "object", "").contains(type) ->
                hidden(Values.convert(v, input), secret);
            case Object v -> secret ? "***" : v;
          });
    });
    return shown;
  }

  private static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SECRETS.stream().anyMatch(lower::contains);
  }

  /// A JSON value without the texts under secret names.
  private static @Nullable Object hidden(@Nullable Object value, boolean secret) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        Tree.map(map)
            .forEach((key, inner) -> shown.put(key, hidden(inner, secret || isSecret(key))));
        yield shown;
      }
      case List<?> list -> {
        List<@Nullable Object> shown = new ArrayList<>();
        list.forEach(element -> shown.add(hidden(element, secret)));
        yield shown;
      }
      case String text -> secret ? "***" : text;
      case null, default -> value;
    };
  }

  private static void addRow(
      List<@Nullable Object[]> rows,
      Table table,
      Method method,
      String request,
      String binds,
      String requests) {
    rows.add(
        new @Nullable Object[] {
          (long) rows.size() + 1,
          table.resource().name().toString(),
          method.name(),
          request,
          binds,
          requests,
          String.join(", ", method.scopes())
        });
  }
}
