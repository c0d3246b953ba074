/// The door for people and scripts: the command line.
@NullMarked
package dev.isobar.cli;

import org.jspecify.annotations.NullMarked;
