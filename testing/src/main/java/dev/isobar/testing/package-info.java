/// Test doubles for the other modules' tests: a fake cloud, and a short way to make catalog nouns.
@NullMarked
package dev.isobar.testing;

import org.jspecify.annotations.NullMarked;
