/** Sequence to numbers: once, or at every step. */
@NullMarked
package io.unfold.task.regression;

import org.jspecify.annotations.NullMarked;
