/// Step 1: text to [Statement]s, as written; nothing is looked up.
///
/// The statement language around SELECT is parsed here; SELECT itself is DuckDB's, behind
/// [QueryGrammar].
@NullMarked
package dev.isobar.parse;

import org.jspecify.annotations.NullMarked;
