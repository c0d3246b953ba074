/// The template language of request and response transforms: what provider documents use of Go's
/// `text/template`, with the functions that the format adds.
///
/// [Template] is the door. A lexer and a parser make [Node]s and [Expression]s of the text; an
/// [Evaluation] walks them over plain JSON values ([dev.isobar.model.Json]).
///
/// Sources: `provider-format.md`, section 5; the documentation of Go's packages `text/template`,
/// `fmt`, `strconv` and `encoding/json`.
@NullMarked
package dev.isobar.catalog.template;

import org.jspecify.annotations.NullMarked;
