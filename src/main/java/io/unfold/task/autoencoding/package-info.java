/** Sequence to code and back again, and what is odd about a sequence. */
@NamedInterface("autoencoding")
@NullMarked
package io.unfold.task.autoencoding;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
