package dev.isobar.sandbox;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.RowColumn;
import dev.isobar.catalog.Schema;
import dev.isobar.model.SqlVerb;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What all collections at one place of the provider have in common: what their rows look like and
/// which field identifies one.
///
/// @param path of the list, with `{}` for variables
/// @param variables names of the path's variables
/// @param entityVariable the variable behind the path that names one row; empty when there is none
/// @param list the operation that lists the rows, or null
/// @param fields how rows are generated; null when rows are no objects
/// @param scalar how rows are generated that are no objects, or null
/// @param idKey the field that identifies a row, or null
/// @param catalog rows that are not generated but known, or null
/// @param schemas what is declared of each field
record CollectionType(
    String path,
    List<String> variables,
    String entityVariable,
    @Nullable Route list,
    Fields fields,
    @Nullable Maker scalar,
    @Nullable String idKey,
    @Nullable List<Map<String, @Nullable Object>> catalog,
    Map<String, Schema> schemas) {

  /// Works a collection out of the operations at its path and at the paths of its rows.
  static CollectionType of(String path, Router router, Behaviour behaviour) {
    Route list = router.loaded("GET", path);
    if (list != null && !list.isList()) {
      list = null;
    }
    Route any = list;
    String entityVariable = "";
    boolean integer = false;
    Schema idSchema = null;
    Map<String, Schema> columns = new LinkedHashMap<>();
    Schema scalarRow = null;
    if (list != null) {
      Schema row = list.envelope().row();
      Method method = list.method();
      if (row != null && Makers.propertiesOf(row).isEmpty() && !row.type().equals("object")) {
        scalarRow = row;
      }
      for (RowColumn column : method.columns()) {
        columns.put(column.key(), column.schema());
      }
      if (row != null) {
        Makers.propertiesOf(row).forEach(columns::putIfAbsent);
      }
    }
    for (String verb : List.of("GET", "PUT", "PATCH", "DELETE", "POST")) {
      Route entity = router.loaded(verb, path + "/{}");
      boolean one = entity != null && !entity.isList() && !verb.equals("POST");
      if (entity != null && one) {
        any = any == null ? entity : any;
        entityVariable = entity.variables().getLast();
        Input named = entity.wire(entityVariable, Input.Location.PATH);
        integer = named != null && named.schema().type().equals("integer");
        idSchema = named == null ? idSchema : named.schema();
        merge(columns, entity.envelope());
      }
    }
    Route create = router.loaded("POST", path);
    if (create != null) {
      any = any == null ? create : any;
      merge(columns, create.envelope());
    }
    List<String> variables = List.of();
    if (any != null) {
      List<String> all = any.variables();
      int count = path.split("\\{}", -1).length - 1;
      variables = all.subList(0, Math.min(count, all.size()));
    }
    String idKey = idKey(entityVariable, integer, columns);
    scalarRow = idKey == null ? scalarRow : null;
    Map<String, String> references = references(path, columns, router, behaviour);
    var makers = new Makers(behaviour, path, variables, idKey, references, idSchema);
    return new CollectionType(
        path,
        variables,
        entityVariable,
        list,
        makers.row(scalarRow == null ? columns : Map.of()),
        scalarRow == null ? null : makers.value(scalarRow),
        idKey,
        behaviour.catalog(path),
        columns);
  }

  /// A collection that no path names: the rows of the resource that some actions work on.
  static CollectionType of(Actions actions, Behaviour behaviour) {
    Map<String, Schema> columns = new LinkedHashMap<>();
    Schema scalarRow = null;
    for (Route route : actions.routes()) {
      Envelope envelope = route.envelope();
      Schema row = envelope.row();
      if (row != null && envelope.list() && Makers.propertiesOf(row).isEmpty()) {
        scalarRow = row.type().equals("object") ? scalarRow : row;
      } else if (columns.isEmpty() && row != null && route.verbs().contains(SqlVerb.SELECT)) {
        Makers.propertiesOf(row).forEach(columns::putIfAbsent);
      } else {
        merge(columns, envelope);
      }
    }
    String idKey = actions.idKey(columns.keySet());
    scalarRow = idKey == null ? scalarRow : null;
    Schema idSchema = idKey == null ? null : actions.idSchema(idKey);
    var makers =
        new Makers(behaviour, actions.path(), actions.variables(), idKey, Map.of(), idSchema);
    return new CollectionType(
        actions.path(),
        actions.variables(),
        "",
        actions.list(),
        makers.row(scalarRow == null ? columns : Map.of()),
        scalarRow == null ? null : makers.value(scalarRow),
        idKey,
        null,
        columns);
  }

  /// Adds the fields of a response about one row, be the row the response or a part of it.
  private static void merge(Map<String, Schema> columns, Envelope envelope) {
    Schema root = envelope.root();
    if (root == null) {
      return;
    }
    Schema row = Answer.rowIn(root, columns.keySet());
    if (columns.isEmpty() && envelope.row() != null) {
      row = envelope.row();
    }
    if (row != null) {
      Makers.propertiesOf(row).forEach(columns::putIfAbsent);
    }
  }

  /// The field that holds what the path's variable names.
  private static @Nullable String idKey(
      String variable, boolean integer, Map<String, Schema> columns) {
    String snake = Words.snake(variable);
    String bare = snake.replaceFirst("_(id|uuid|name|slug)$", "");
    for (String candidate : List.of(variable, snake)) {
      if (columns.containsKey(candidate)) {
        return candidate;
      }
    }
    for (String name : columns.keySet()) {
      if (Words.snake(name).replace("_", "").equals(snake.replace("_", ""))) {
        return name;
      }
    }
    for (int at = snake.indexOf('_'); at >= 0; at = snake.indexOf('_', at + 1)) {
      String ending = snake.substring(at + 1);
      Schema column = columns.get(ending);
      if (column != null && (!integer || column.type().equals("integer"))) {
        return ending;
      }
    }
    List<String> usual =
        snake.endsWith("label")
            ? List.of("label", "id", "name")
            : snake.endsWith("name")
                ? List.of("name", "id", "label")
                : List.of(
                    "id", "uuid", "slug", bare, bare + "_id", "name", "label", "key", "token");
    for (String candidate : usual) {
      if (columns.containsKey(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  /// The collections that the fields of a row refer to: what the behaviour knows, and top-level
  /// collections of the services loaded with this one whose variable has the field's name.
  private static Map<String, String> references(
      String path, Map<String, Schema> columns, Router router, Behaviour behaviour) {
    Map<String, String> references = new LinkedHashMap<>();
    Map<String, String> byVariable = new LinkedHashMap<>();
    Route own = router.loaded("GET", path);
    for (Route route : router.loadedRoutes()) {
      boolean sameService =
          own == null || route.resource().service().equals(own.resource().service());
      boolean entity = route.verb().equals("GET") && !route.isList() && sameService;
      if (entity && route.template().endsInVariable() && route.variables().size() == 1) {
        String list = route.path().substring(0, route.path().length() - 3);
        Route lister = router.loaded("GET", list);
        if (lister != null && lister.isList() && !list.equals(path)) {
          byVariable.putIfAbsent(Words.snake(route.variables().getFirst()), list);
        }
      }
    }
    for (String name : columns.keySet()) {
      String known = behaviour.reference(path, name);
      String snake = Words.snake(name);
      String found = known != null ? known : byVariable.get(snake);
      if (found == null && !List.of("id", "name", "label").contains(snake)) {
        found = byVariable.get(snake + "_id");
      }
      if (found != null && !found.isEmpty()) {
        references.put(name, found);
      }
    }
    return references;
  }
}
