package io.unfold.nn.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.unfold.nn.cell.AttentionShape;
import io.unfold.nn.cell.CellShape;
import io.unfold.nn.cell.CellSpec;

/** The names and shapes of a network's parameters. */
final class ParameterShapes {

	private final Map<String, int[]> byName = new LinkedHashMap<>();

	ParameterShapes embedding(String name, int vocabulary, int size) {
		this.byName.put(name + ".W", new int[] { size, vocabulary });
		return this;
	}

	ParameterShapes dense(String name, int inputs, int outputs) {
		this.byName.put(name + ".W", new int[] { inputs, outputs });
		this.byName.put(name + ".b", new int[] { outputs });
		return this;
	}

	/** The dense layers that make a decoder's starting states. */
	ParameterShapes startingStates(String prefix, StackSpec decoder, int inputs) {
		for (int i = 0; i < decoder.layers().size(); i++) {
			CellSpec cell = decoder.layers().get(i);
			dense(prefix + i, inputs, cell.states() * cell.units());
		}
		return this;
	}

	/** Of a dense layer whose weights are another's. */
	ParameterShapes bias(String name, int outputs) {
		this.byName.put(name + ".b", new int[] { outputs });
		return this;
	}

	ParameterShapes attention(String name, AttentionShape shape) {
		for (AttentionShape.Part part : shape.parts()) {
			this.byName.put(name + "." + part.name(), new int[] { part.rows(), part.columns() });
		}
		return this;
	}

	/** Layers named {@code prefix} and a number. */
	ParameterShapes stack(String prefix, StackSpec stack, int features) {
		int inputs = features;
		List<String> directions = stack.bidirectional() ? List.of("", "back") : List.of("");
		for (int i = 0; i < stack.layers().size(); i++) {
			CellSpec cell = stack.layers().get(i);
			CellShape shape = cell.shape();
			for (String direction : directions) {
				String name = prefix + i + "." + direction;
				this.byName.put(name + "W", new int[] { cell.rows(inputs), shape.gates() * cell.units() });
				this.byName.put(name + "R", new int[] { cell.units(), shape.gates() * cell.units() });
				this.byName.put(name + "b", new int[] { shape.biases() * cell.units() });
			}
			inputs = cell.units() * directions.size();
		}
		return this;
	}

	long count() {
		return this.byName.values().stream().mapToLong(ParameterShapes::size).sum();
	}

	private static long size(int[] shape) {
		return Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
	}

	/** Throws where the tensors are not these. */
	void check(Tensors tensors) {
		if (!tensors.byName().keySet().equals(this.byName.keySet())) {
			throw new IllegalArgumentException(
					"the network has the parameters " + this.byName.keySet() + ", not " + tensors.byName().keySet());
		}
		this.byName.forEach((name, shape) -> {
			int[] given = tensors.get(name).shape();
			if (!Arrays.equals(given, shape)) {
				throw new IllegalArgumentException("parameter '" + name + "' has the shape " + Arrays.toString(shape)
						+ ", not " + Arrays.toString(given));
			}
		});
	}

}
