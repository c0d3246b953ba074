package dev.isobar.fetch;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// XML as plain values: an element with elements in it is a map, several of one name are a list,
/// and one with text only is its text. Prefixes of names are dropped.
///
/// Documents come from outside: there are no DTDs, no entities but XML's own, and no deep nesting.
final class XmlTree {
  private static final int DEEPEST = 200;

  private final XMLStreamReader reader;

  /// Whether attributes count (`-name`, and `#text` beside them) and text that reads as a number or
  /// a flag is one.
  private final boolean typed;

  private XmlTree(XMLStreamReader reader, boolean typed) {
    this.reader = reader;
    this.typed = typed;
  }

  /// The root element and what is in it.
  ///
  /// @param value a map, or text
  record Root(String name, Object value) {
    /// What is in it, as a map; of an empty element or one with text, an empty one.
    Map<String, @Nullable Object> content() {
      return map(value);
    }
  }

  /// Without attributes, all text as text.
  ///
  /// @param utf8 whether it is known to be UTF-8; else the document says what it is
  static Root read(byte[] xml, boolean utf8) throws XMLStreamException {
    return read(xml, utf8, false);
  }

  /// With attributes and types, as the templates over XML want it.
  static Root readTyped(byte[] xml, boolean utf8) throws XMLStreamException {
    return read(xml, utf8, true);
  }

  private static Root read(byte[] xml, boolean utf8, boolean typed) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver((_, _, _, _) -> {
      throw new XMLStreamException("it refers to another document");
    });
    XMLStreamReader reader =
        factory.createXMLStreamReader(new ByteArrayInputStream(xml), utf8 ? "UTF-8" : null);
    try {
      while (reader.next() != XMLStreamConstants.START_ELEMENT) {
        // What comes before the root element says nothing.
      }
      String name = reader.getLocalName();
      Object value = new XmlTree(reader, typed).element(0);
      // The rest must be well formed too, or a part of the document got lost.
      while (reader.hasNext()) {
        reader.next();
      }
      return new Root(name, value);
    } finally {
      reader.close();
    }
  }

  private Object element(int depth) throws XMLStreamException {
    if (depth > DEEPEST) {
      throw new XMLStreamException("elements are nested deeper than " + DEEPEST + " levels");
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; typed && i < reader.getAttributeCount(); i++) {
      map.put("-" + reader.getAttributeLocalName(i), scalar(reader.getAttributeValue(i)));
    }
    boolean attributes = !map.isEmpty();
    boolean elements = false;
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          String name = reader.getLocalName();
          put(map, name, element(depth + 1));
          elements = true;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          if (elements) {
            return map;
          }
          if (attributes) {
            if (!text.toString().isBlank()) {
              map.put("#text", scalar(text.toString()));
            }
            return map;
          }
          return scalar(text.toString());
        }
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw new XMLStreamException(
                "the entity `" + reader.getLocalName() + "` is not one of XML's own");
        default -> {}
      }
    }
  }

  private Object scalar(String text) {
    String stripped = text.strip();
    if (!typed) {
      return stripped.isEmpty() ? "" : text;
    }
    if (stripped.equals("true") || stripped.equals("false")) {
      return stripped.equals("true");
    }
    return stripped.matches("-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?")
        ? number(stripped)
        : stripped;
  }

  private static Object number(String text) {
    return text.length() < 19 && text.indexOf('.') < 0
        ? (Object) Long.valueOf(text)
        : new BigDecimal(text);
  }

  private static void put(Map<String, @Nullable Object> map, String name, Object value) {
    Object before = map.get(name);
    if (before == null) {
      map.put(name, value);
    } else if (before instanceof Repeated list) {
      list.add(value);
    } else {
      Repeated list = new Repeated();
      list.add(before);
      list.add(value);
      map.put(name, list);
    }
  }

  /// Elements of one name.
  private static final class Repeated extends ArrayList<Object> {
    private static final long serialVersionUID = 1L;
  }

  /// The value as a map; an empty one when it is none.
  static Map<String, @Nullable Object> map(@Nullable Object value) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> found) {
      found.forEach((key, element) -> map.put(String.valueOf(key), element));
    }
    return map;
  }

  /// The value as a list: of one when it is none.
  static List<@Nullable Object> list(@Nullable Object value) {
    List<@Nullable Object> list = new ArrayList<>();
    if (value instanceof List<?> found) {
      list.addAll(found);
    } else if (value != null) {
      list.add(value);
    }
    return list;
  }
}
