/** Writing a sequence with a decoder: greedy and beam search. */
@NullMarked
package io.unfold.nn.decoding;

import org.jspecify.annotations.NullMarked;
