/** Writing a sequence with a decoder: greedy and beam search. */
@NamedInterface("decoding")
@NullMarked
package io.unfold.nn.decoding;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
