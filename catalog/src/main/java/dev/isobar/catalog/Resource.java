package dev.isobar.catalog;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Names;
import dev.isobar.model.ResourceName;
import dev.isobar.model.SqlVerb;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A table: its methods, and which of them each SQL verb may use. Immutable.
///
/// Source: `provider-format.md`, section 2.2.
public final class Resource {
  private final ResourceName name;
  private final String id;
  private final String title;
  private final String description;
  private final Map<String, Method> methods;
  private final Map<SqlVerb, List<String>> verbs;
  private final List<View> views;

  /// A resource without views.
  public Resource(
      ResourceName name,
      String id,
      String title,
      String description,
      List<Method> methods,
      Map<SqlVerb, List<String>> verbs) {
    this(name, id, title, description, methods, verbs, List.of());
  }

  /// @param methods in document order
  /// @param verbs names of methods in document order: the first that fits is chosen
  /// @param views in the order of the document's chain: the first that fits answers a SELECT
  public Resource(
      ResourceName name,
      String id,
      String title,
      String description,
      List<Method> methods,
      Map<SqlVerb, List<String>> verbs,
      List<View> views) {
    this.name = name;
    this.id = id;
    this.title = title;
    this.description = description;
    Map<String, Method> byName = new LinkedHashMap<>();
    for (Method method : methods) {
      byName.put(method.name(), method);
    }
    this.methods = Collections.unmodifiableMap(byName);
    Map<SqlVerb, List<String>> copy = new EnumMap<>(SqlVerb.class);
    for (var entry : verbs.entrySet()) {
      copy.put(entry.getKey(), List.copyOf(entry.getValue()));
    }
    this.verbs = Collections.unmodifiableMap(copy);
    this.views = List.copyOf(views);
  }

  /// The same resource of a provider by another name.
  Resource of(String provider) {
    return new Resource(
        new ResourceName(provider, name.service(), name.resource()),
        id,
        title,
        description,
        List.copyOf(methods.values()),
        verbs,
        views);
  }

  public ResourceName name() {
    return name;
  }

  public String id() {
    return id;
  }

  public String title() {
    return title;
  }

  public String description() {
    return description;
  }

  /// The resource where environment variables give inputs their values; this one when none may.
  ///
  /// @param environment reads a variable; null when it is not set
  public Resource inEnvironment(Function<String, @Nullable String> environment) {
    if (methods.values().stream().noneMatch(Method::readsEnvironment)) {
      return this;
    }
    List<Method> resolved =
        methods.values().stream().map(method -> method.inEnvironment(environment)).toList();
    return new Resource(name, id, title, description, resolved, verbs, views);
  }

  /// All methods in document order.
  public List<Method> methods() {
    return List.copyOf(methods.values());
  }

  /// The methods that a verb may use, in document order. EXEC may use every method.
  public List<Method> methods(SqlVerb verb) {
    if (verb == SqlVerb.EXEC) {
      return methods();
    }
    List<Method> found = new ArrayList<>();
    for (String name : verbs.getOrDefault(verb, List.of())) {
      Method method = methods.get(name);
      if (method != null) {
        found.add(method);
      }
    }
    return found;
  }

  /// The verbs, other than EXEC, under which the method is listed.
  public List<SqlVerb> verbsOf(Method method) {
    List<SqlVerb> found = new ArrayList<>();
    for (var entry : verbs.entrySet()) {
      if (entry.getValue().contains(method.name())) {
        found.add(entry.getKey());
      }
    }
    return found;
  }

  /// What answers a SELECT before any method does; mostly empty.
  public List<View> views() {
    return views;
  }

  /// The method of that name.
  ///
  /// @throws IsobarException `UNKNOWN_METHOD`, with the nearest names
  public Method method(String method) {
    Method found = methods.get(method);
    if (found == null) {
      throw new IsobarException(
          ErrorCode.UNKNOWN_METHOD,
          "There is no method `" + method + "` in `" + name + "`.",
          Names.didYouMean(method, methods.keySet())
              + "SHOW METHODS IN "
              + name
              + " lists all "
              + methods.size()
              + ".");
    }
    return found;
  }

  /// The columns that SELECT and DESCRIBE show: those of the first SELECT method's rows, then those
  /// that only other SELECT methods of the resource return. Empty when there is no SELECT; where no
  /// method declares a column, the whole row is one.
  public List<RowColumn> columns() {
    Map<String, RowColumn> columns = new LinkedHashMap<>();
    for (Method method : methods(SqlVerb.SELECT)) {
      for (RowColumn column : method.rowColumns()) {
        columns.putIfAbsent(column.name(), column);
      }
    }
    return new ArrayList<>(columns.values());
  }
}
