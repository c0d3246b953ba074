/// Step 2: names in a [dev.isobar.parse.Statement] replaced by the nouns of the catalog.
@NullMarked
package dev.isobar.resolve;

import org.jspecify.annotations.NullMarked;
