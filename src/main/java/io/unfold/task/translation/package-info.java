/** Text to text by an encoder-decoder. */
@NamedInterface("translation")
@NullMarked
package io.unfold.task.translation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
