/** Sequence to tags: one for every step. */
@NullMarked
package io.unfold.task.tagging;

import org.jspecify.annotations.NullMarked;
