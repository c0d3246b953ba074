/// How fast Isobar is: JMH benchmarks of single steps, and whole processes as a user starts them.
@NullMarked
package dev.isobar.benchmarks;

import org.jspecify.annotations.NullMarked;
