package dev.isobar.catalog.template;

/// What `separator` gives: called, it is empty the first time and the text from then on. Changes as
/// it is called; belongs to one evaluation.
final class Separator {
  private final String text;
  private boolean called;

  Separator(String text) {
    this.text = text;
  }

  String call() {
    String now = called ? text : "";
    called = true;
    return now;
  }
}
