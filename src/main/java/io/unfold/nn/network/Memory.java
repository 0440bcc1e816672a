package io.unfold.nn.network;

/**
 * What a decoder attends to in one source. Steps of a decoder and rows of a search share
 * it: nobody changes it.
 *
 * @param keys what scores are made of, [steps][size]; the vectors themselves, where they
 * are not projected
 * @param vectors the encoder's outputs, [steps][size]
 * @param steps of the source
 */
public record Memory(float[] keys, float[] vectors, int steps) {
}
