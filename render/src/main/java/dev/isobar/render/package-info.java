/// Step 6: a result or an error to what a person or a program reads.
@NullMarked
package dev.isobar.render;

import org.jspecify.annotations.NullMarked;
