/// The documentation's commands, run in this process.
@NullMarked
package dev.isobar.cli;

import org.jspecify.annotations.NullMarked;
