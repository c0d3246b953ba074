/// The provider documents that ship inside; there is no code here, only what is asked of them.
@NullMarked
package dev.isobar.providers;

import org.jspecify.annotations.NullMarked;
