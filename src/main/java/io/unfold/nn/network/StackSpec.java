package io.unfold.nn.network;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.unfold.nn.cell.CellSpec;
import io.unfold.nn.cell.Gru;
import io.unfold.nn.cell.Reservoir;
import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * Recurrent layers on top of each other.
 *
 * @param layers the layers, from the input up; by default one GRU of 128 units
 * @param bidirectional whether every layer is run in both directions, its outputs side by
 * side; by default false
 * @param dropout probability with which what a layer, or the output layer, reads from the
 * one below, or of tokens' vectors, is dropped in training (Zaremba et al. 2014,
 * arXiv:1409.2329), and with attention also what is read from the encoder; numbers of the
 * data are never dropped; by default 0
 * @param embedding size of the vector that stands for a token, where inputs are tokens;
 * null takes the task's default
 * @param readout how the output layer above reservoirs is trained; null where the layers
 * are not reservoirs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
@JsonDeserialize
public record StackSpec(List<CellSpec> layers, boolean bidirectional, double dropout, @Nullable Integer embedding,
		@Nullable Readout readout) implements NetworkSpec {

	public StackSpec {
		layers = List.copyOf(layers);
		InvalidFieldException.requireBetween("layers", layers.size(), 1, 16);
		InvalidFieldException.requireBetween("dropout", dropout, 0.0, 0.95);
		if (embedding != null) {
			InvalidFieldException.requireBetween("embedding", embedding, 1, CellSpec.MAX_UNITS);
		}
		long reservoirs = layers.stream().filter(Reservoir.class::isInstance).count();
		if (reservoirs == 0 && readout != null) {
			throw new InvalidFieldException("readout",
					"is for networks of reservoirs: other networks are trained by gradient descent");
		}
		if (reservoirs > 0) {
			if (reservoirs < layers.size()) {
				throw new InvalidFieldException("layers",
						"must be all reservoirs or none: over reservoirs only the readout is trained, and in closed form, so the other layers would never be");
			}
			if (dropout > 0) {
				throw new InvalidFieldException("dropout",
						"cannot be used with reservoirs, which are trained in closed form; readout.ridge is what keeps their weights small");
			}
			readout = (readout != null) ? readout : Readout.standard();
		}
	}

	/** A stack with the standard readout, if its layers are reservoirs. */
	public StackSpec(List<CellSpec> layers, boolean bidirectional, double dropout, @Nullable Integer embedding) {
		this(layers, bidirectional, dropout, embedding, null);
	}

	@JsonCreator
	static StackSpec from(@Nullable List<CellSpec> layers, @Nullable Boolean bidirectional, @Nullable Double dropout,
			@Nullable Integer embedding, @Nullable Readout readout) {
		return new StackSpec((layers != null) ? layers : List.of(new Gru(128, true)),
				bidirectional != null && bidirectional, (dropout != null) ? dropout : 0.0, embedding, readout);
	}

	/** One GRU of 128 units. */
	public static StackSpec standard() {
		return from(null, null, null, null, null);
	}

	/** Checks that it can write, token by token, and learn to in a larger network. */
	void requireDecoder(String field) {
		if (this.bidirectional) {
			throw new InvalidFieldException(field,
					"cannot be bidirectional: a decoder does not see what it has not yet written");
		}
		requirePart(field);
	}

	/** Checks that it can be a part of a larger network. */
	void requirePart(String field) {
		if (this.readout != null) {
			throw new InvalidFieldException(field,
					"cannot have reservoirs: around them there is more to train than a readout");
		}
		if (this.embedding != null) {
			throw new InvalidFieldException(field, "takes its embedding from the network's field 'embedding'");
		}
	}

	/** Size of the topmost layer's output: both directions', where there are two. */
	int outputs() {
		return this.bidirectional ? 2 * units() : units();
	}

	/** Units of the topmost layer. */
	int units() {
		return this.layers.get(this.layers.size() - 1).units();
	}

	/** The same with vectors of this size for tokens. */
	public StackSpec withEmbedding(int size) {
		return new StackSpec(this.layers, this.bidirectional, this.dropout, size, this.readout);
	}

}
