package dev.isobar.docgen;

import java.util.List;

/// A page, before it is written in some format.
///
/// @param providerTitle the provider's name for people
/// @param lead what the page is about, in the words of the document; empty when it has none
/// @param outline what everybody looks for first: what it is, its fields, its methods
/// @param details everything else
record Page(
    PageName name, String providerTitle, String lead, List<Block> outline, List<Block> details) {
  Page {
    outline = List.copyOf(outline);
    details = List.copyOf(details);
  }
}
