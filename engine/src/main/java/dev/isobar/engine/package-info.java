/// The six steps in order, and the session around them: the embedding API that every door uses.
@NullMarked
package dev.isobar.engine;

import org.jspecify.annotations.NullMarked;
