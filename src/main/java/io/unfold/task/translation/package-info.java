/** Text to text by an encoder-decoder. */
@NullMarked
package io.unfold.task.translation;

import org.jspecify.annotations.NullMarked;
