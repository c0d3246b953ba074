package dev.isobar.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/// Reads a request's XML body: elements become fields, repeated ones lists, text strings. The root
/// element is the object itself.
final class XmlBody {
  private XmlBody() {}

  /// @throws Refusal 400 for what is not XML, or has a document type
  static @Nullable Object parse(byte[] body) {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return value(builder.parse(new ByteArrayInputStream(body)).getDocumentElement());
    } catch (SAXException e) {
      throw new Refusal(400, null, "The body is not valid XML: " + e.getMessage());
    } catch (IOException | ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object value(Element element) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        Object value = value(child);
        Object before = fields.get(child.getTagName());
        if (before instanceof List<?>) {
          List<@Nullable Object> more = new ArrayList<>(Values.list(before));
          more.add(value);
          fields.put(child.getTagName(), more);
        } else {
          fields.put(child.getTagName(), before == null ? value : List.of(before, value));
        }
      }
    }
    return fields.isEmpty() ? element.getTextContent() : fields;
  }
}
