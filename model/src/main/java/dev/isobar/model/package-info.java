/// The nouns that every step shares: names, types, values, spans, results, error codes, and the one
/// exception. Depends on nothing of ours.
@NullMarked
package dev.isobar.model;

import org.jspecify.annotations.NullMarked;
