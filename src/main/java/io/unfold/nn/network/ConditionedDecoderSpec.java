package io.unfold.nn.network;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.unfold.nn.cell.CellSpec;
import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A decoder that writes about a feature vector. The vector goes through the feature
 * layers, if there are any, and then through a dense layer with tanh for each layer of
 * the decoder, which is that layer's starting state (Karpathy and Li 2015,
 * arXiv:1412.2306; Vinyals et al. 2015, arXiv:1411.4555). The names of the ways in are
 * those of Tanti et al. 2017 (arXiv:1703.09137).
 *
 * @param decoder by default one GRU of 128 units; it cannot be bidirectional; its dropout
 * is also of what is injected at every step
 * @param embedding size of the vector that stands for a token; null takes 128
 * @param conditioning where the feature vector comes in, by default init-inject
 * @param featureLayers dense layers that the feature vector goes through before it comes
 * in, from the vector up; by default none, which suits features that a trained network
 * has made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
@JsonDeserialize
public record ConditionedDecoderSpec(StackSpec decoder, @Nullable Integer embedding, Conditioning conditioning,
		List<FeatureLayer> featureLayers) implements NetworkSpec {

	public ConditionedDecoderSpec {
		featureLayers = List.copyOf(featureLayers);
		if (embedding != null) {
			InvalidFieldException.requireBetween("embedding", embedding, 1, CellSpec.MAX_UNITS);
		}
		InvalidFieldException.requireBetween("featureLayers", featureLayers.size(), 0, 8);
		decoder.requireDecoder("decoder");
	}

	@JsonCreator
	static ConditionedDecoderSpec from(@Nullable StackSpec decoder, @Nullable Integer embedding,
			@Nullable Conditioning conditioning, @Nullable List<FeatureLayer> featureLayers) {
		return new ConditionedDecoderSpec((decoder != null) ? decoder : StackSpec.standard(), embedding,
				(conditioning != null) ? conditioning : Conditioning.INIT_INJECT,
				(featureLayers != null) ? featureLayers : List.of());
	}

	/** Size of the vector that stands for a token. */
	int vectors() {
		return (this.embedding != null) ? this.embedding : EncoderDecoderSpec.EMBEDDING;
	}

	/** The same with the size of the tokens' vectors. */
	public ConditionedDecoderSpec forTokens() {
		return new ConditionedDecoderSpec(this.decoder, vectors(), this.conditioning, this.featureLayers);
	}

	/** Whether it says nothing of a feature vector, but what is so by default. */
	boolean isPlain() {
		return this.conditioning == Conditioning.INIT_INJECT && this.featureLayers.isEmpty();
	}

	/** The default of every field. */
	public static ConditionedDecoderSpec standard() {
		return from(null, null, null, null);
	}

	/** Where a feature vector comes into a decoder. */
	public enum Conditioning {

		/** In its starting state. */
		@JsonProperty("init-inject")
		INIT_INJECT,

		/**
		 * In its starting state and at every step, beside the vector of the token before.
		 */
		@JsonProperty("par-inject")
		PAR_INJECT

	}

}
