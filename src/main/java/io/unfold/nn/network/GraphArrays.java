package io.unfold.nn.network;

import io.unfold.nn.layer.NativeArrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batches as ND4J's arrays: [batch, features, time] in 'f' order, which is how they come,
 * with zeros in the padding.
 */
final class GraphArrays {

	private GraphArrays() {
	}

	static INDArray inputs(Sequences sequences, DataType dataType) {
		return (sequences instanceof Sequences.Values values) ? values(values, dataType)
				: tokens((Sequences.Tokens) sequences, dataType);
	}

	private static INDArray values(Sequences.Values values, DataType dataType) {
		int batch = values.batch();
		int steps = values.steps();
		float[] data = values.data();
		if (data.length != steps * values.features() * batch) {
			throw new IllegalArgumentException(data.length + " numbers for " + steps + " steps of " + values.features()
					+ " features of " + batch + " rows");
		}
		if (isPadded(values)) {
			data = data.clone();
			for (int t = 0; t < steps; t++) {
				for (int i = 0; i < values.features() * batch; i++) {
					if (t >= values.lengths()[i % batch]) {
						data[t * values.features() * batch + i] = 0;
					}
				}
			}
		}
		return array(data, dataType, batch, values.features(), steps);
	}

	private static INDArray tokens(Sequences.Tokens tokens, DataType dataType) {
		int batch = tokens.batch();
		int steps = tokens.steps();
		if (tokens.ids().length != steps * batch) {
			throw new IllegalArgumentException(
					tokens.ids().length + " tokens for " + steps + " steps of " + batch + " rows");
		}
		float[] data = new float[steps * batch];
		for (int i = 0; i < data.length; i++) {
			data[i] = (i / batch < tokens.lengths()[i % batch]) ? tokens.ids()[i] : 0;
		}
		return array(data, dataType, batch, 1, steps);
	}

	/** 1 where a row has a step, [batch, time]; null where all rows have all steps. */
	static @Nullable INDArray mask(Sequences sequences, DataType dataType) {
		return mask(sequences, 0, dataType);
	}

	/**
	 * 1 where a row has a step from {@code washout} on, [batch, time]; null where all
	 * rows have all steps.
	 */
	static @Nullable INDArray mask(Sequences sequences, int washout, DataType dataType) {
		if (washout == 0 && !isPadded(sequences)) {
			return null;
		}
		int batch = sequences.batch();
		float[] mask = new float[sequences.steps() * batch];
		for (int i = 0; i < mask.length; i++) {
			mask[i] = (i / batch >= washout && i / batch < sequences.lengths()[i % batch]) ? 1 : 0;
		}
		return array(mask, dataType, batch, sequences.steps());
	}

	/**
	 * What should be answered, without or with time: classes by their numbers, [batch, 1,
	 * time], values [batch, size, time].
	 * @param sequences whose padding is the targets'
	 */
	static INDArray labels(Targets targets, Output output, Sequences sequences, DataType dataType) {
		int batch = sequences.batch();
		int steps = output.everyStep() ? sequences.steps() : 1;
		boolean classes = output.kind() == Output.Kind.CLASSES;
		int size = output.labels();
		float[] labels = new float[steps * size * batch];
		for (int i = 0; i < labels.length; i++) {
			if (!output.everyStep() || i / (size * batch) < sequences.lengths()[i % batch]) {
				labels[i] = classes ? label((Targets.Classes) targets, i, output.size())
						: ((Targets.Values) targets).data()[i];
			}
		}
		return output.everyStep() ? array(labels, dataType, batch, size, steps) : array(labels, dataType, batch, size);
	}

	private static int label(Targets.Classes classes, int i, int size) {
		int label = classes.ids()[i];
		if (label < 0 || label >= size) {
			throw new IllegalArgumentException("class " + label + " is not one of " + size);
		}
		return label;
	}

	static INDArray array(float[] values, DataType dataType, long... shape) {
		if (dataType != DataType.FLOAT) {
			return Nd4j.create(values, shape, 'f').castTo(dataType);
		}
		// ND4J itself would copy number by number
		INDArray array = Nd4j.createUninitialized(DataType.FLOAT, shape, 'f');
		NativeArrays.floats(array).put(0, values, 0, values.length);
		return array;
	}

	private static boolean isPadded(Sequences sequences) {
		int steps = sequences.steps();
		for (int length : sequences.lengths()) {
			if (length != steps) {
				return true;
			}
		}
		return false;
	}

}
