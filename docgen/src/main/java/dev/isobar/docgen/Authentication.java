package dev.isobar.docgen;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.docgen.Inline.Code;
import dev.isobar.docgen.Inline.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the credential of a provider comes from.
final class Authentication {
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  private final AuthSpec auth;

  Authentication(AuthSpec auth) {
    this.auth = auth;
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    List<Inline> text = new ArrayList<>();
    if (auth.type().equals(AuthSpec.NONE.type())) {
      text.add(new Text("No credential is needed."));
    } else {
      text.add(new Text("Requests are authenticated by "));
      text.add(new Code(Words.line(auth.type(), 80)));
      text.add(new Text(": " + meaning() + "."));
    }
    blocks.add(new Block.Paragraph(text));
    Set<String> variables = new LinkedHashSet<>();
    collect(auth.settings(), variables, 4);
    if (!variables.isEmpty()) {
      StringBuilder shell = new StringBuilder();
      for (String variable : variables) {
        shell.append("export ").append(variable).append("='…'\n");
      }
      blocks.add(new Block.Code("sh", shell.toString()));
    }
    return blocks;
  }

  private String meaning() {
    return switch (auth.type().toLowerCase(Locale.ROOT)) {
      case "bearer" -> "a token in the header Authorization";
      case "api_key" -> "a key in the header Authorization";
      case "basic" -> "a name and a password";
      case "custom" -> "a key in a header or parameter of the API's own";
      case "oauth2" -> "a token that is asked for with the credentials of a client";
      case "aws_signing_v4" -> "signatures with an AWS key, a profile, single sign-on or a role";
      case "service_account" -> "the key of a Google service account";
      case "interactive" -> "the login of gcloud";
      case "azure_default" -> "Azure's chain of credentials";
      case "oci_signing_v1" -> "signatures with an Oracle key";
      default -> "see the documentation of the API";
    };
  }

  /// The environment variables that settings name, also those of a successor. A document may write
  /// anything there; what is no name of a variable must not get into a shell.
  private static void collect(
      Map<?, ? extends @Nullable Object> settings, Set<String> variables, int depth) {
    settings.forEach((key, value) -> {
      String name = String.valueOf(key);
      if (value instanceof Map<?, ?> inner && depth > 0) {
        collect(inner, variables, depth - 1);
      } else if (value instanceof String text
          && (name.endsWith("envvar") || name.endsWith("_var"))
          && VARIABLE.matcher(text).matches()) {
        variables.add(text);
      }
    });
  }
}
