package io.unfold.nn.network;

/** An encoder that reads a source and a decoder that writes, token by token. */
public interface EncoderDecoderNetwork extends DecoderNetwork {

	/** Reads the sources; the result is the decoder's starting state. */
	State encode(Sequences.Tokens sources);

}
