package dev.isobar.catalog;

import dev.isobar.model.Json;
import dev.isobar.model.SqlVerb;
import java.util.IdentityHashMap;

/// Everything that a provider says, as text: two providers with equal text are equal.
public final class Facts {
  private final StringBuilder out = new StringBuilder();
  private final IdentityHashMap<Schema, Integer> seen = new IdentityHashMap<>();

  private Facts() {}

  /// Loads all of the provider.
  public static String of(Provider provider) {
    Facts facts = new Facts();
    facts.provider(provider);
    return facts.out.toString();
  }

  private void line(Object... values) {
    for (Object value : values) {
      out.append(value).append(" | ");
    }
    out.append('\n');
  }

  private void provider(Provider provider) {
    line(provider.name(), provider.version(), provider.title(), provider.description());
    line(provider.auth().type(), Json.write(provider.auth().settings()));
    line(provider.snakeCaseAliases());
    for (ServiceHeader header : provider.services()) {
      line(header);
      for (ResourceHeader resource : provider.service(header.name()).resources()) {
        line(resource);
        resource(provider.service(header.name()).resource(resource.name()));
      }
    }
  }

  private void resource(Resource resource) {
    line(resource.name(), resource.id(), resource.title(), resource.description());
    for (SqlVerb verb : SqlVerb.values()) {
      line(verb, resource.methods(verb).stream().map(Method::name).toList());
    }
    resource.views().forEach(this::line);
    for (Method method : resource.methods()) {
      method(method);
    }
  }

  private void method(Method method) {
    line("method", method.name(), method.summary(), method.description(), method.deprecated());
    operation(method.operation());
    for (Input input : method.inputs()) {
      line(input.name(), input.wireName(), input.location(), input.required());
      line(input.description(), String.valueOf(input.defaultValue()));
      line(String.valueOf(input.environmentVariable()), input.explode(), input.aliases());
      line(input.shownAsRequired());
      schema(input.schema());
    }
    line(method.bodyNames(), String.valueOf(method.objectKey()));
    if (method.responseSchema() != null) {
      schema(method.responseSchema());
    }
    for (RowColumn column : method.columns()) {
      line(column.name(), column.key(), column.type(), column.declaredType(), column.description());
      schema(column.schema());
    }
    line(String.valueOf(method.responseMediaType()), method.scopes(), method.credential());
    line(String.valueOf(method.pagination()), String.valueOf(method.pageSize()));
    line(String.valueOf(method.total()), String.valueOf(method.filter()));
    line(method.wire());
  }

  private void operation(Operation operation) {
    line(operation.id(), operation.httpVerb(), operation.path(), operation.success());
    line(operation.servers());
    if (operation.body() != null) {
      body(operation.body());
    }
    operation
        .responses()
        .forEach((status, body) -> {
          line(status);
          body(body);
        });
  }

  private void body(Operation.Body body) {
    line(body.mediaType(), body.required());
    if (body.schema() != null) {
      schema(body.schema());
    }
  }

  /// A schema is written once; after that its number stands for it.
  private void schema(Schema schema) {
    Integer before = seen.putIfAbsent(schema, seen.size());
    if (before != null) {
      line("schema", before);
      return;
    }
    line("schema", seen.size() - 1, schema.name(), schema.type(), schema.format());
    line(schema.description(), schema.nullable(), schema.readOnly(), schema.writeOnly());
    line(schema.deprecated(), schema.required(), Json.write(schema.enumValues()));
    line(Json.write(schema.defaultValue()), Json.write(schema.example()));
    line(String.valueOf(schema.minimum()), String.valueOf(schema.maximum()));
    line(String.valueOf(schema.minLength()), String.valueOf(schema.maxLength()));
    line(String.valueOf(schema.pattern()), Json.write(schema.extensions()));
    line(String.valueOf(schema.xmlName()), schema.xmlAttribute(), schema.xmlWrapped());
    if (schema.additionalProperties() != null) {
      line("others");
      schema(schema.additionalProperties());
    }
    schema
        .properties()
        .forEach((name, property) -> {
          line("property", name);
          schema(property);
        });
    if (schema.items() != null) {
      line("items");
      schema(schema.items());
    }
    schema.allOf().forEach(this::schema);
    line("any of");
    schema.anyOf().forEach(this::schema);
    line("one of");
    schema.oneOf().forEach(this::schema);
  }
}
