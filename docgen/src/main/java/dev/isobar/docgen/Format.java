package dev.isobar.docgen;

/// What pages are written as.
public enum Format {
  /// A folder with an `index.md` for each page, with front matter, for the site generator of that
  /// name; safe to be read as MDX.
  DOCUSAURUS,
  /// A site of static pages, with a search, that works from a folder.
  HTML,
  /// Plain Markdown with tables: a file for each page.
  MARKDOWN
}
