/**
 * Programs that measure, never tests: {@code ./mvnw -q -Pbenchmark}.
 */
@NullMarked
package io.unfold.benchmark;

import org.jspecify.annotations.NullMarked;
