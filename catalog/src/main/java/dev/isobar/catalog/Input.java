package dev.isobar.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that can be given to a method.
///
/// @param name as SQL writes it, such as `linodeId` or `data__label`
/// @param wireName as the request carries it
/// @param defaultValue the schema's default; sent unasked only for headers
/// @param environmentVariable gives the value when the statement does not (`x-stackQL-envVar`)
/// @param explode whether a list repeats the key; false joins the values with commas
/// @param aliases other names that SQL may write: the native one beside a shown snake_case name, or
///   the other way round (`nativeCasing`), and `x-stackQL-alias`
/// @param shownAsRequired whether SHOW METHODS and DESCRIBE METHOD list it as required; more than
///   those without which a call cannot be made (`request.required`)
public record Input(
    String name,
    String wireName,
    Location location,
    boolean required,
    Schema schema,
    String description,
    @Nullable String defaultValue,
    @Nullable String environmentVariable,
    boolean explode,
    List<String> aliases,
    boolean shownAsRequired) {

  public Input {
    aliases = List.copyOf(aliases);
  }

  /// An input that is shown as it is.
  public Input(
      String name,
      String wireName,
      Location location,
      boolean required,
      Schema schema,
      String description,
      @Nullable String defaultValue,
      @Nullable String environmentVariable,
      boolean explode,
      List<String> aliases) {
    this(
        name,
        wireName,
        location,
        required,
        schema,
        description,
        defaultValue,
        environmentVariable,
        explode,
        aliases,
        required);
  }

  /// An input with one name.
  public Input(
      String name,
      String wireName,
      Location location,
      boolean required,
      Schema schema,
      String description,
      @Nullable String defaultValue,
      @Nullable String environmentVariable,
      boolean explode) {
    this(
        name,
        wireName,
        location,
        required,
        schema,
        description,
        defaultValue,
        environmentVariable,
        explode,
        List.of());
  }

  /// The same input where the environment has a value for it: nobody has to give one.
  Input withEnvironment(String value) {
    return with(name, aliases, false, value, false);
  }

  /// The same input under another name.
  public Input named(String other, List<String> otherAliases) {
    return with(other, otherAliases, required, defaultValue, shownAsRequired);
  }

  /// The same input, shown as required whether it is or not.
  public Input asShownRequired() {
    return with(name, aliases, required, defaultValue, true);
  }

  private Input with(
      String otherName,
      List<String> otherAliases,
      boolean otherRequired,
      @Nullable String otherDefault,
      boolean otherShown) {
    return new Input(
        otherName,
        wireName,
        location,
        otherRequired,
        schema,
        description,
        otherDefault,
        environmentVariable,
        explode,
        otherAliases,
        otherShown);
  }

  /// Whether SQL may call it so.
  public boolean isCalled(String sqlName) {
    return name.equals(sqlName) || aliases.contains(sqlName);
  }

  /// Where an input travels.
  public enum Location {
    PATH,
    QUERY,
    HEADER,
    SERVER,
    BODY
  }
}
