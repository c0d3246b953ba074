/// Step 5: rows and the remaining SQL to a result. The only module that knows DuckDB.
@NullMarked
package dev.isobar.query;

import org.jspecify.annotations.NullMarked;
