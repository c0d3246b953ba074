package dev.isobar.plan;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Resource;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.ResourceName;
import dev.isobar.model.Span;
import dev.isobar.model.SqlVerb;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which method of a resource a verb uses, given the names of the values at hand.
///
/// Knows no statement. Source: `provider-format.md`, section 4.1: the first method in document
/// order whose required inputs are all there.
public final class Methods {
  private Methods() {}

  /// The method that a verb uses, or null when none has all it needs.
  ///
  /// @param names SQL names of the values at hand
  public static @Nullable Method choose(Resource resource, SqlVerb verb, Collection<String> names) {
    return choose(resource, verb, names, _ -> true);
  }

  /// As above, among the methods that `also` accepts.
  public static @Nullable Method choose(
      Resource resource, SqlVerb verb, Collection<String> names, Predicate<Method> also) {
    for (Method method : resource.methods(verb)) {
      if (missing(method, names).isEmpty() && also.test(method)) {
        return method;
      }
    }
    return null;
  }

  /// The required inputs that have no value. A dotted name gives a part of its input, and a whole
  /// body all that the body is made of.
  public static List<Input> missing(Method method, Collection<String> names) {
    boolean wholeBody = names.contains(Requests.WHOLE_BODY);
    return method.requiredInputs().stream()
        .filter(input -> !(wholeBody && input.location() == Input.Location.BODY))
        .filter(input -> names.stream().noneMatch(name -> gives(name, input)))
        .toList();
  }

  private static boolean gives(String name, Input input) {
    int dot = name.indexOf('.');
    return input.isCalled(name) || (dot > 0 && input.isCalled(name.substring(0, dot)));
  }

  /// The error for a resource without any method of the verb.
  public static IsobarException unsupported(Resource resource, SqlVerb verb, @Nullable Span span) {
    String name = resource.name().toString();
    String example =
        Stream.concat(uncalled(resource, httpVerbs(verb)), uncalled(resource, List.of("POST")))
            .findFirst()
            .map(method -> ", and EXEC " + name + "." + method.name() + " calls one")
            .orElse("");
    return new IsobarException(
        ErrorCode.UNSUPPORTED_VERB,
        "`" + name + "` has no " + verb + ".",
        "SHOW METHODS IN " + name + " lists what it has" + example + ".",
        span);
  }

  /// The methods of an HTTP verb that no SQL verb calls: what somebody who wants the SQL verb may
  /// have looked for.
  private static Stream<Method> uncalled(Resource resource, List<String> httpVerbs) {
    return resource.methods().stream()
        .filter(method -> resource.verbsOf(method).isEmpty())
        .filter(method -> httpVerbs.contains(method.operation().httpVerb()));
  }

  private static List<String> httpVerbs(SqlVerb verb) {
    return switch (verb) {
      case SELECT -> List.of("GET");
      case INSERT, EXEC -> List.of("POST");
      case UPDATE, REPLACE -> List.of("PUT", "PATCH");
      case DELETE -> List.of("DELETE");
    };
  }

  /// The error for a resource none of whose methods has all it needs: names what the nearest lacks.
  public static IsobarException lacking(
      Resource resource, SqlVerb verb, Collection<String> names, @Nullable Span span) {
    Method nearest = null;
    List<Input> lacking = List.of();
    for (Method method : resource.methods(verb)) {
      List<Input> missing = missing(method, names);
      if (nearest == null || missing.size() < lacking.size()) {
        nearest = method;
        lacking = missing;
      }
    }
    if (nearest == null) {
      return unsupported(resource, verb, span);
    }
    return lacking(resource.name(), verb, lacking.stream().map(Input::name).toList(), span);
  }

  /// The error for a table that lacks values for these names.
  static IsobarException lacking(
      ResourceName name, SqlVerb verb, List<String> lacking, @Nullable Span span) {
    String needed = String.join(" and ", lacking.stream().map(input -> "`" + input + "`").toList());
    String first = lacking.isEmpty() ? "" : lacking.getFirst();
    String advice =
        switch (verb) {
          case SELECT, DELETE ->
              "Give it with WHERE "
                  + first
                  + " = …, WHERE "
                  + first
                  + " IN (…)"
                  + (verb == SqlVerb.SELECT
                      ? ", or by joining it to a column of another table"
                      : "")
                  + ".";
          case UPDATE, REPLACE -> "Give it in SET or with WHERE " + first + " = ….";
          case INSERT -> "Add it to the columns and the values.";
          case EXEC -> "Add @" + first + " = '…'.";
        };
    return new IsobarException(
        ErrorCode.MISSING_REQUIRED_PARAMETER,
        "`" + name + "` cannot be reached by " + verb + " without " + needed + ".",
        advice + " SHOW METHODS IN " + name + " lists what each method needs.",
        span);
  }

  /// The error for a view that lacks values for these names.
  static IsobarException lackingForView(
      ResourceName name, List<String> lacking, @Nullable Span span) {
    IsobarException e = lacking(name, SqlVerb.SELECT, lacking, span);
    String first = lacking.getFirst();
    return new IsobarException(
        e.code(),
        e.text(),
        "Give it with WHERE " + first + " = … or WHERE " + first + " IN (…).",
        span);
  }
}
