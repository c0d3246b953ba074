/// The rules of the architecture as tests.
@NullMarked
package dev.isobar.architecture;

import org.jspecify.annotations.NullMarked;
