package io.unfold.nn.network;

import org.jspecify.annotations.Nullable;

/**
 * A mini-batch.
 *
 * @param inputs what the network, or its encoder, reads
 * @param decoderInputs the true previous outputs that the decoder reads (teacher
 * forcing), beginning with the start token; null where there is no decoder
 * @param targets what it should answer
 */
public record Batch(Sequences inputs, Sequences.@Nullable Tokens decoderInputs, Targets targets) {
}
