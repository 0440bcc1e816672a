package io.unfold.nn.network;

/**
 * The serving twin of a trained network: immutable, lock-free and thread-safe. It answers
 * what the training graph would answer without dropout.
 */
public sealed interface ServingNetwork permits SequenceNetwork, DecoderNetwork, AutoencoderNetwork {

}
