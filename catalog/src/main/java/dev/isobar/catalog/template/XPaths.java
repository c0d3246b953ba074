package dev.isobar.catalog.template;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/// XPath in templates. Loaded when one is used; documents with a DTD are refused.
final class XPaths {
  private XPaths() {}

  /// The text inside the first node at the path.
  static String firstInner(String xml, String path) {
    return nodes(xml, path).getFirst().getTextContent();
  }

  /// The nodes at the path as XML.
  static List<String> allOuter(String xml, String path) {
    List<String> all = new ArrayList<>();
    try {
      TransformerFactory factory = TransformerFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      Transformer transformer = factory.newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      for (Node node : nodes(xml, path)) {
        StringWriter out = new StringWriter();
        transformer.transform(new DOMSource(node), new StreamResult(out));
        all.add(out.toString());
      }
    } catch (TransformerException e) {
      throw new IllegalStateException("the JDK writes a document that it has read", e);
    }
    return all;
  }

  private static List<Node> nodes(String xml, String path) {
    NodeList found;
    try {
      found =
          (NodeList)
              XPathFactory.newInstance()
                  .newXPath()
                  .evaluate(path, document(xml), XPathConstants.NODESET);
    } catch (XPathExpressionException e) {
      throw Fault.of("`" + path + "` is no XPath");
    }
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      nodes.add(found.item(i));
    }
    if (nodes.isEmpty()) {
      throw Fault.of("there is nothing at `" + path + "`");
    }
    return nodes;
  }

  private static Document document(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      // Without this the parser prints what is wrong on standard error.
      builder.setErrorHandler(null);
      return builder.parse(new InputSource(new StringReader(xml)));
    } catch (Exception e) {
      throw Fault.of("the text is not XML");
    }
  }
}
