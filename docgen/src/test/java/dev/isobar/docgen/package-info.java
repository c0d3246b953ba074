@NullMarked
package dev.isobar.docgen;

import org.jspecify.annotations.NullMarked;
