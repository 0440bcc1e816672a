/** Training a network on a task's examples. */
@NullMarked
package io.unfold.training;

import org.jspecify.annotations.NullMarked;
