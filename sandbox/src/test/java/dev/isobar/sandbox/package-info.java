@NullMarked
package dev.isobar.sandbox;

import org.jspecify.annotations.NullMarked;
