/** Writing texts with a language model. */
@NamedInterface("generation")
@NullMarked
package io.unfold.task.generation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
