package dev.isobar.engine;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Catalog;
import dev.isobar.catalog.Provider;
import dev.isobar.fetch.auth.AuthSettings;
import dev.isobar.fetch.auth.AuthStatus;
import dev.isobar.fetch.auth.Authenticator;
import dev.isobar.model.Column;
import dev.isobar.model.ColumnType;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import dev.isobar.model.Result;
import dev.isobar.model.RowStream;
import dev.isobar.model.Span;
import dev.isobar.parse.Name;
import dev.isobar.parse.Statement;
import dev.isobar.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs statements about credentials: what they change holds for the session. Nobody is asked for a
/// token by them, and no secret is in what they tell.
///
/// @param providers that the statement is about
record AuthRun(Authenticator authenticator, Catalog catalog, List<Provider> providers) {
  private static final String SETTINGS = "$.auth";

  private static final List<Column> COLUMNS =
      List.of(
          new Column("provider", ColumnType.VARCHAR),
          new Column("account", ColumnType.VARCHAR),
          new Column("is_default", ColumnType.BOOLEAN),
          new Column("principal", ColumnType.VARCHAR),
          new Column("type", ColumnType.VARCHAR),
          new Column("source", ColumnType.VARCHAR),
          new Column("present", ColumnType.BOOLEAN),
          new Column("missing", ColumnType.VARCHAR));

  /// The rows of SHOW AUTH, an account each.
  Plan.Metadata show(Statement.ShowAuth show) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Provider provider : providers) {
      for (AuthStatus status : placed(show.provider(), () -> authenticator.status(provider))) {
        rows.add(
            new @Nullable Object[] {
              provider.api(),
              status.account(),
              status.isDefault(),
              status.principal(),
              status.type().isEmpty() ? AuthSpec.NONE.type() : status.type(),
              plain(status.source()),
              status.present(),
              plain(status.missing())
            });
      }
    }
    return new Plan.Metadata(COLUMNS, rows, show.where());
  }

  /// A cell has no need of back-ticks.
  private static @Nullable String plain(String text) {
    return text.isEmpty() ? null : text.replace("`", "");
  }

  Result login(Statement.AuthLogin login) {
    Provider provider = whole(login.provider());
    AuthSpec current = authenticator.spec(provider);
    AuthSpec wanted =
        switch (login.who()) {
          case AS_CONFIGURED -> current;
          case INTERACTIVE -> interactive(provider, current, login);
          case SERVICE_ACCOUNT -> serviceAccount(provider, current, login);
        };
    AuthStatus status = placed(login.provider(), () -> authenticator.check(provider, wanted));
    if (!wanted.equals(current)) {
      authenticator.use(provider, wanted);
    }
    String who = status.principal() == null ? "" : " as `" + status.principal() + "`";
    return message(
        status.source().isEmpty()
            ? "`" + provider.name() + "` is asked without a credential."
            : "`" + provider.name() + "` is asked" + who + " with " + status.source() + ".");
  }

  private static AuthSpec interactive(
      Provider provider, AuthSpec current, Statement.AuthLogin login) {
    if (isGoogle(current)) {
      return AuthSpec.of(Map.of(), "interactive");
    }
    String tool =
        switch (current.type()) {
          case "aws_signing_v4", "aws_assume_role" -> "Run `aws sso login`, and";
          case "azure_default" -> "Run `az login`, and";
          case "oci_signing_v1" -> "Run `oci session authenticate`, and";
          default -> "Set what SHOW AUTH " + provider.name() + " calls missing, if anything, and";
        };
    throw new IsobarException(
        ErrorCode.UNSUPPORTED_STATEMENT,
        "`" + provider.name() + "` has no login that Isobar could open a browser for.",
        tool + " leave INTERACTIVE out.",
        login.provider().span());
  }

  /// With neither a file nor a variable, the places that are configured are looked in.
  private static AuthSpec serviceAccount(
      Provider provider, AuthSpec current, Statement.AuthLogin login) {
    if (!isGoogle(current)) {
      throw new IsobarException(
          ErrorCode.UNSUPPORTED_STATEMENT,
          "`"
              + provider.name()
              + "` has no service accounts: its authentication is of the type `"
              + current.type()
              + "`.",
          "SET \""
              + SETTINGS
              + "."
              + provider.name()
              + ".credentialsenvvar\" = 'MY_TOKEN' names"
              + " another variable.",
          login.provider().span());
    }
    Map<String, @Nullable Object> settings = new LinkedHashMap<>(current.settings());
    if (login.keyFile() != null || login.variable() != null) {
      settings.keySet().removeIf(key -> key.startsWith("credentials"));
      settings.put("credentialsfilepath", login.keyFile());
      settings.put("credentialsenvvar", login.variable());
    }
    settings.put("type", "service_account");
    return AuthSpec.of(settings, "");
  }

  private static boolean isGoogle(AuthSpec spec) {
    return spec.type().equals("service_account") || spec.type().equals("interactive");
  }

  Result revoke(Statement.AuthRevoke revoke) {
    Provider provider = whole(revoke.provider());
    boolean loggedIn = authenticator.spec(provider).type().equals("interactive");
    authenticator.reset(provider);
    List<String> messages = new ArrayList<>();
    messages.add(
        "`"
            + provider.name()
            + "` is asked as --auth and its document say; what this session held is forgotten.");
    if (loggedIn) {
      messages.add("`gcloud auth revoke` ends the login of gcloud itself.");
    }
    return new Result(List.of(), RowStream.of(List.of()), () -> messages, List::of);
  }

  /// Its errors have no place in the statement, which may hold a secret.
  Result set(Statement.SetAuth set) {
    List<String> warnings = new ArrayList<>();
    List<String> path = set.path();
    if (path.isEmpty()) {
      setAll(set.value(), warnings);
    } else {
      Provider provider = whole(new Name.Part(path.getFirst(), set.place()));
      if (path.size() == 1 && set.value() == null) {
        authenticator.reset(provider);
      } else {
        Object written =
            path.size() == 1
                ? json(set.value())
                : AuthSettings.changed(
                    authenticator.spec(provider),
                    path.subList(1, path.size()),
                    nested(set.value()));
        authenticator.use(
            provider, AuthSettings.read(SETTINGS, provider.name(), written, warnings::add));
      }
    }
    return new Result(List.of(), RowStream.of(List.of()), () -> warnings, List::of);
  }

  private void setAll(@Nullable Object value, List<String> warnings) {
    if (value == null) {
      providers.forEach(authenticator::reset);
      return;
    }
    if (!(json(value) instanceof Map<?, ?> written)) {
      throw noJson();
    }
    Map<String, AuthSpec> specs = new LinkedHashMap<>();
    written.forEach((name, settings) -> {
      Provider provider = catalog.provider(String.valueOf(name));
      specs.put(
          provider.api(), AuthSettings.read(SETTINGS, provider.name(), settings, warnings::add));
    });
    authenticator.useAll(specs);
  }

  private static @Nullable Object json(@Nullable Object value) {
    if (value instanceof String text) {
      try {
        return Json.parse(text);
      } catch (IllegalArgumentException _) {
        throw noJson();
      }
    }
    throw noJson();
  }

  private static IsobarException noJson() {
    return new IsobarException(
        ErrorCode.INVALID_CONFIGURATION,
        "The value for `" + SETTINGS + "` is no JSON object.",
        "Write SET \""
            + SETTINGS
            + ".linode\" = '{\"type\": \"bearer\", \"credentialsenvvar\":"
            + " \"MY_TOKEN\"}'.");
  }

  /// A key's value: an object or a list where the text is one.
  private static @Nullable Object nested(@Nullable Object value) {
    if (value instanceof String text && (text.startsWith("{") || text.startsWith("["))) {
      try {
        return Json.parse(text);
      } catch (IllegalArgumentException _) {
        return text;
      }
    }
    return value;
  }

  /// The provider that the statement is about, which is no account of one.
  private Provider whole(Name.Part written) {
    Provider provider = providers.getFirst();
    if (provider.account().isEmpty()) {
      return provider;
    }
    throw new IsobarException(
        ErrorCode.INVALID_CONFIGURATION,
        "`" + provider.name() + "` is an account, and this statement takes a provider.",
        "SET \""
            + SETTINGS
            + "."
            + provider.api()
            + ".accounts."
            + provider.account()
            + "\" = '{\"type\": …}' gives the account another credential.",
        written.span());
  }

  private static Result message(String text) {
    return new Result(List.of(), RowStream.of(List.of()), () -> List.of(text), List::of);
  }

  private static <T> T placed(Name.@Nullable Part place, Supplier<T> work) {
    try {
      return work.get();
    } catch (IsobarException e) {
      Span span = place == null ? null : place.span();
      throw span == null ? e : e.withSpan(span);
    }
  }
}
