package dev.isobar.catalog.compiled;

import dev.isobar.catalog.Wire;
import dev.isobar.catalog.Wire.Casing;
import dev.isobar.catalog.Wire.Cursor;
import dev.isobar.catalog.Wire.GraphQl;
import dev.isobar.catalog.Wire.Transform;
import dev.isobar.catalog.Wire.XmlBody;
import org.jspecify.annotations.Nullable;

/// The encoding of [Wire]; one flag for those that say nothing.
final class WireForm {
  private static final Casing[] CASINGS = Casing.values();

  private WireForm() {}

  static void write(FileWriter.Part out, Wire wire) {
    boolean plain = wire.equals(Wire.PLAIN);
    out.flag(!plain);
    if (plain) {
      return;
    }
    out.constant(wire.casing());
    out.text(wire.base());
    out.text(wire.otherwise());
    transform(out, wire.requestTransform());
    transform(out, wire.responseTransform());
    out.text(wire.overrideMediaType());
    out.flag(wire.formPost());
    out.flag(wire.dropsDoubleUnderscore());
    out.flag(wire.numberedLists());
    xmlBody(out, wire.xmlBody());
    out.text(wire.protocol());
    out.text(wire.signingName());
    graphQl(out, wire.graphQl());
    out.texts(wire.program());
  }

  static Wire read(FileReader.Cursor in) {
    if (!in.flag()) {
      return Wire.PLAIN;
    }
    return new Wire(
        in.oneOf(CASINGS),
        in.textOrNull(),
        in.textOrNull(),
        transform(in),
        transform(in),
        in.textOrNull(),
        in.flag(),
        in.flag(),
        in.flag(),
        xmlBody(in),
        in.text(),
        in.text(),
        graphQl(in),
        in.texts());
  }

  private static void transform(FileWriter.Part out, @Nullable Transform transform) {
    out.flag(transform != null);
    if (transform != null) {
      out.text(transform.type());
      out.text(transform.body());
    }
  }

  private static @Nullable Transform transform(FileReader.Cursor in) {
    return in.flag() ? new Transform(in.text(), in.text()) : null;
  }

  private static void xmlBody(FileWriter.Part out, @Nullable XmlBody body) {
    out.flag(body != null);
    if (body != null) {
      out.text(body.declaration());
      out.text(body.rootAnnotation());
      out.flag(body.unescapes());
    }
  }

  private static @Nullable XmlBody xmlBody(FileReader.Cursor in) {
    return in.flag() ? new XmlBody(in.text(), in.text(), in.flag()) : null;
  }

  private static void graphQl(FileWriter.Part out, @Nullable GraphQl graphQl) {
    out.flag(graphQl != null);
    if (graphQl != null) {
      out.text(graphQl.url());
      out.text(graphQl.httpVerb());
      out.text(graphQl.query());
      out.text(graphQl.rows());
      out.text(graphQl.cursor().strategy());
      out.text(graphQl.cursor().path());
      out.text(graphQl.cursor().format());
      out.text(graphQl.cursor().goesOn());
      out.number(graphQl.cursor().pageSize());
    }
  }

  private static @Nullable GraphQl graphQl(FileReader.Cursor in) {
    if (!in.flag()) {
      return null;
    }
    String url = in.text();
    String httpVerb = in.text();
    String query = in.text();
    String rows = in.text();
    Cursor cursor = new Cursor(in.text(), in.text(), in.text(), in.textOrNull(), in.number());
    return new GraphQl(url, httpVerb, query, rows, cursor);
  }
}
