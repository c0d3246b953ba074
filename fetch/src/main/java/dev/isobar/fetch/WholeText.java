package dev.isobar.fetch;

import dev.isobar.model.Json;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

/// A document that is there.
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost
record WholeText(byte[] json) implements JsonText {
  @Override
  public JsonParser parser() {
    return Json.FACTORY.createParser(ObjectReadContext.empty(), json);
  }

  @Override
  public void keepFrom(long start) {}

  @Override
  public String compact(long start, long end) {
    return Cells.compact(json, (int) start, (int) end);
  }

  @Override
  public long received() {
    return json.length;
  }

  @Override
  public boolean isComplete() {
    return true;
  }
}
