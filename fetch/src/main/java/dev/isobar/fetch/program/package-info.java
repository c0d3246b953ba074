/// Programs of this computer, bounded in time and output.
@NullMarked
package dev.isobar.fetch.program;

import org.jspecify.annotations.NullMarked;
