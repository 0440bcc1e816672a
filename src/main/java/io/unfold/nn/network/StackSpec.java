package io.unfold.nn.network;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.unfold.nn.cell.CellSpec;
import io.unfold.nn.cell.Gru;
import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * Recurrent layers on top of each other.
 *
 * @param layers the layers, from the input up; by default one GRU of 128 units
 * @param bidirectional whether every layer is run in both directions, its outputs side by
 * side; by default false
 * @param dropout probability with which an input of a layer above the first, or of the
 * output layer, is dropped in training (Zaremba et al. 2014, arXiv:1409.2329); by default
 * 0
 * @param embedding size of the vector that stands for a token, where inputs are tokens;
 * null takes the task's default
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StackSpec(List<CellSpec> layers, boolean bidirectional, double dropout,
		@Nullable Integer embedding) implements NetworkSpec {

	public StackSpec {
		layers = List.copyOf(layers);
		InvalidFieldException.requireBetween("layers", layers.size(), 1, 16);
		InvalidFieldException.requireBetween("dropout", dropout, 0.0, 0.95);
		if (embedding != null) {
			InvalidFieldException.requireBetween("embedding", embedding, 1, CellSpec.MAX_UNITS);
		}
	}

	@JsonCreator
	static StackSpec from(@Nullable List<CellSpec> layers, @Nullable Boolean bidirectional, @Nullable Double dropout,
			@Nullable Integer embedding) {
		return new StackSpec((layers != null) ? layers : List.of(new Gru(128, true)),
				bidirectional != null && bidirectional, (dropout != null) ? dropout : 0.0, embedding);
	}

	/** One GRU of 128 units. */
	public static StackSpec standard() {
		return from(null, null, null, null);
	}

}
