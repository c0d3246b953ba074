/// A stateful emulator of a provider's API, made from its documents: for offline use, demos and
/// tests. [dev.isobar.sandbox.Sandbox] is the entry point.
///
/// The generic core knows only the documents; what they cannot say of Linode is in the classes
/// whose names begin with `Linode`.
@NullMarked
package dev.isobar.sandbox;

import org.jspecify.annotations.NullMarked;
