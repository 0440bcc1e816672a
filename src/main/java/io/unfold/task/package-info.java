/** The tasks: ways of mapping sequences. */
@NullMarked
package io.unfold.task;

import org.jspecify.annotations.NullMarked;
