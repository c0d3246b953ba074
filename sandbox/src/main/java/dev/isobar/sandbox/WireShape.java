package dev.isobar.sandbox;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Schema;
import dev.isobar.catalog.Wire;
import dev.isobar.model.ResourceName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a response looks like before a transform makes rows of it. Documents declare what comes out
/// of a transform; what goes in is worked out from the transform.
final class WireShape {
  private WireShape() {}

  /// The envelope of the response that the transform reads; null when it says nothing of it, so
  /// that what is declared is what travels.
  static @Nullable Envelope of(Method method, Wire.Transform transform, ResourceName resource) {
    Schema output = method.responseSchema();
    String type = transform.type();
    if (type.startsWith("schema_driven_xml")) {
      return xml(method, output, resource);
    }
    TemplateShape shape = TemplateShape.of(transform.body(), output);
    if (shape == null) {
      return null;
    }
    if (type.startsWith("golang_template_mxj")) {
      return shape.envelope(Envelope.Form.XML);
    }
    boolean text = type.startsWith("golang_template_text") || type.startsWith("golang_template_v");
    if (text && shape.isWhole()) {
      return new Envelope(null, List.of(), null, false, Envelope.Form.TEXT);
    }
    return shape.envelope(Envelope.Form.JSON);
  }

  /// AWS in XML: `<ListUsersResponse><ListUsersResult><Users><member>…`; EC2 and REST have no
  /// `Result` and say `item`.
  private static Envelope xml(Method method, @Nullable Schema output, ResourceName resource) {
    Schema rows = null;
    if (output != null) {
      for (Schema property : output.allProperties().values()) {
        rows = rows == null && property.items() != null ? property.items() : rows;
      }
    }
    String action = action(method);
    if (rows == null) {
      Schema root = object(Map.of(action + "Response", Schema.ANY));
      return new Envelope(root, List.of(), null, false, Envelope.Form.XML);
    }
    boolean query = method.wire().protocol().equals("query");
    boolean ec2 = method.wire().protocol().equals("ec2");
    List<String> path = new ArrayList<>();
    path.add(action + "Response");
    if (query) {
      path.add(action + "Result");
    }
    String many = pascal(resource.resource());
    String wrapper = Makers.propertiesOf(rows).containsKey(many) ? many + "List" : many;
    path.add(
        ec2
            ? wrapper.substring(0, 1).toLowerCase(Locale.ROOT) + wrapper.substring(1) + "Set"
            : wrapper);
    String one = Words.singular(many);
    // An element with a column's name would be read as that column.
    String element = Makers.propertiesOf(rows).containsKey(one) ? one + "Item" : one;
    path.add(query ? "member" : ec2 ? "item" : element);
    return Envelope.at(nested(path, 0, array(rows)), path, array(rows), Envelope.Form.XML);
  }

  private static String action(Method method) {
    List<String> actions =
        List.copyOf(new PathTemplate(method.operation().path()).query().values());
    for (String action : actions) {
      if (action.matches("[A-Za-z]+")) {
        return action;
      }
    }
    return pascal(method.name());
  }

  static String pascal(String snake) {
    var name = new StringBuilder();
    for (String word : snake.split("[^A-Za-z0-9]+", -1)) {
      if (!word.isEmpty()) {
        name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
      }
    }
    return name.isEmpty() ? "Rows" : name.toString();
  }

  /// A GraphQL answer: the rows where the JSONPath says, and what says whether there are more.
  static Envelope of(Wire.GraphQl graphQl, Envelope declared) {
    Schema row = declared.row();
    if (row == null) {
      return declared;
    }
    List<String> path = names(graphQl.rows());
    Schema list = array(row);
    return Envelope.at(nested(path, 0, list), path, list, Envelope.Form.JSON);
  }

  /// The names of a JSONPath, without what it says of arrays.
  static List<String> names(String path) {
    return List.of(
        path.replaceFirst("^\\$\\.?", "").replaceAll("\\[[^\\]]*]", "").split("\\.", -1));
  }

  static Schema nested(List<String> path, int from, Schema inner) {
    return from == path.size()
        ? inner
        : object(Map.of(path.get(from), nested(path, from + 1, inner)));
  }

  static Schema object(Map<String, Schema> properties) {
    var builder = new Schema.Builder();
    builder.type = "object";
    builder.properties.putAll(new LinkedHashMap<>(properties));
    return builder.build();
  }

  static Schema array(Schema items) {
    var builder = new Schema.Builder();
    builder.type = "array";
    builder.items = items;
    return builder.build();
  }
}
