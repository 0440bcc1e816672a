package io.unfold.nn.network;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.unfold.nn.cell.AttentionScore;
import io.unfold.nn.cell.CellSpec;
import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * An encoder that reads the source and a decoder that writes the target (Sutskever et al.
 * 2014, arXiv:1409.3215; Cho et al. 2014, arXiv:1406.1078). The encoder's final states,
 * of both directions where it has two, go through a dense layer with tanh for each layer
 * of the decoder, which is that layer's starting state. With attention the decoder also
 * looks back at every step of the source (Luong et al. 2015, arXiv:1508.04025): from each
 * of its outputs, not before each of its steps, so that in training all are attended to
 * at once.
 *
 * @param encoder by default one bidirectional GRU of 128 units
 * @param decoder by default one GRU of 128 units; it cannot be bidirectional
 * @param embedding size of the vector that stands for a token, where inputs are tokens;
 * null takes 128, or is none
 * @param attention how the decoder looks back at the source; by default none
 * @param tiedEmbeddings whether the weights of the output layer are the vectors of the
 * target's tokens (Press and Wolf 2017, arXiv:1608.05859), and those of the source's
 * tokens too where source and target have one vocabulary; attention then answers with
 * vectors of the size of the embedding, and without attention the decoder must have as
 * many units; by default false
 * @param code size of the vector between an autoencoder's encoder and its decoder, which
 * is all that the decoder knows of the sequence; null takes the task's default, or is
 * none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
@JsonDeserialize
public record EncoderDecoderSpec(StackSpec encoder, StackSpec decoder, @Nullable Integer embedding, Attention attention,
		boolean tiedEmbeddings, @Nullable Integer code) implements NetworkSpec {

	/** Size of the vector that stands for a token by default. */
	static final int EMBEDDING = 128;

	public EncoderDecoderSpec {
		int vectors = (embedding != null) ? embedding : EMBEDDING;
		InvalidFieldException.requireBetween("embedding", vectors, 1, CellSpec.MAX_UNITS);
		if (code != null) {
			InvalidFieldException.requireBetween("code", code, 1, CellSpec.MAX_UNITS);
		}
		encoder.requirePart("encoder");
		decoder.requireDecoder("decoder");
		if (attention == Attention.DOT && encoder.outputs() != decoder.outputs()) {
			throw new InvalidFieldException("attention",
					"dot needs vectors of one size, but the encoder's have " + encoder.outputs()
							+ (encoder.bidirectional() ? " (both directions together)" : "") + " and the decoder's "
							+ decoder.outputs() + ": change the units, or take general");
		}
		if (tiedEmbeddings && attention == Attention.NONE && decoder.outputs() != vectors) {
			throw new InvalidFieldException("tiedEmbeddings", "needs a decoder with as many units as the embedding, "
					+ vectors + ", not " + decoder.outputs() + "; or attention, which answers in any size");
		}
	}

	/** With an output layer of its own, and without a code. */
	public EncoderDecoderSpec(StackSpec encoder, StackSpec decoder, int embedding, Attention attention) {
		this(encoder, decoder, embedding, attention, false, null);
	}

	@JsonCreator
	static EncoderDecoderSpec from(@Nullable StackSpec encoder, @Nullable StackSpec decoder,
			@Nullable Integer embedding, @Nullable Attention attention, @Nullable Boolean tiedEmbeddings,
			@Nullable Integer code) {
		StackSpec standard = StackSpec.standard();
		return new EncoderDecoderSpec((encoder != null) ? encoder : new StackSpec(standard.layers(), true, 0.0, null),
				(decoder != null) ? decoder : standard, embedding, (attention != null) ? attention : Attention.NONE,
				tiedEmbeddings != null && tiedEmbeddings, code);
	}

	/**
	 * The spec as an encoder-decoder: of a decoder alone, with the standard encoder.
	 * @throws InvalidRequestException when it is another network
	 */
	public static EncoderDecoderSpec of(NetworkSpec network, String task) {
		if (network instanceof EncoderDecoderSpec spec) {
			return spec;
		}
		if (network instanceof ConditionedDecoderSpec alone && alone.isPlain()) {
			return from(null, alone.decoder(), alone.embedding(), null, null, null);
		}
		throw new InvalidRequestException("/network",
				"must have 'encoder' and 'decoder' (or be left out): " + task + " needs both");
	}

	/** The default of every field. */
	public static EncoderDecoderSpec standard() {
		return from(null, null, null, null, null, null);
	}

	/** Size of the vector that stands for a token. */
	int vectors() {
		return (this.embedding != null) ? this.embedding : EMBEDDING;
	}

	/** The same for tokens, with the size of their vectors. */
	public EncoderDecoderSpec forTokens() {
		return new EncoderDecoderSpec(this.encoder, this.decoder, vectors(), this.attention, this.tiedEmbeddings,
				this.code);
	}

	/** The same with a code of this size. */
	public EncoderDecoderSpec withCode(int size) {
		return new EncoderDecoderSpec(this.encoder, this.decoder, this.embedding, this.attention, this.tiedEmbeddings,
				size);
	}

	/** How a decoder looks back at the encoder's states. */
	public enum Attention {

		/** It does not: all it knows of the source is its starting state. */
		@JsonProperty("none")
		NONE(null),

		/** By the product of both states. */
		@JsonProperty("dot")
		DOT(AttentionScore.DOT),

		/** By the product of both states with a matrix between them. */
		@JsonProperty("general")
		GENERAL(AttentionScore.GENERAL),

		/** By a small network of both states. */
		@JsonProperty("additive")
		ADDITIVE(AttentionScore.ADDITIVE);

		private final @Nullable AttentionScore score;

		Attention(@Nullable AttentionScore score) {
			this.score = score;
		}

		@Nullable AttentionScore score() {
			return this.score;
		}

	}

}
