/** Sequence to one of several labels. */
@NullMarked
package io.unfold.task.classification;

import org.jspecify.annotations.NullMarked;
