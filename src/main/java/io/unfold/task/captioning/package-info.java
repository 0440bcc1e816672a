/** Feature vector to text by a decoder. */
@NamedInterface("captioning")
@NullMarked
package io.unfold.task.captioning;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
