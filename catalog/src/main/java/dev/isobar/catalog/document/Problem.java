package dev.isobar.catalog.document;

/// Something in a document that cannot be used.
///
/// @param file relative to the root of all providers
/// @param pointer JSON pointer to the place, such as `/paths/~1widgets/get`
/// @param message one sentence
public record Problem(String file, String pointer, String message) {
  @Override
  public String toString() {
    return file + "#" + pointer + ": " + message;
  }
}
