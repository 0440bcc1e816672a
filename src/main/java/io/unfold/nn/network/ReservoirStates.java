package io.unfold.nn.network;

import java.util.Arrays;
import java.util.function.Function;

import io.unfold.nn.cell.Steps;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a readout sees of mini-batches: the topmost reservoir's states, of the steps whose
 * labels count, a few hundred steps at a time. Where there is one direction, long
 * sequences are run piece by piece, the state carried over. Not thread-safe.
 */
final class ReservoirStates {

	/** States of a layer that are held at once, in floats. */
	private static final int PIECE = 1 << 18;

	/** Numbers that are handed on at once. */
	private static final int PORTION = 1 << 17;

	private final SequenceArchitecture architecture;

	private final Function<Batch, GraphBatch> batches;

	private final TwinInput input;

	private final TwinStack stack;

	private final TwinStack.Worker worker;

	private final int size;

	/** Numbers of a label. */
	private final int each;

	private final double[] states;

	private final double[] labels;

	private final int capacity;

	private int rows;

	/**
	 * @param batches makes of a mini-batch its labels and their mask
	 */
	ReservoirStates(SequenceArchitecture architecture, Function<Batch, GraphBatch> batches, Tensors tensors) {
		this.architecture = architecture;
		this.batches = batches;
		this.input = TwinInput.of(architecture.input(), SequenceArchitecture.EMBEDDING, tensors);
		this.stack = new TwinStack(SequenceArchitecture.LAYER, architecture.stack(), architecture.features(), tensors);
		this.worker = this.stack.worker();
		this.size = this.stack.outputs();
		this.each = (architecture.output().kind() == Output.Kind.CLASSES) ? 1 : architecture.output().size();
		this.capacity = Math.max(1, PORTION / (this.size + architecture.output().size()));
		this.states = new double[this.capacity * this.size];
		this.labels = new double[this.capacity * this.each];
	}

	/** Steps that are run at once, of sequences in one direction. */
	static long together(long batch, long units, long steps) {
		return Math.max(1, Math.min(steps, PIECE / (batch * units)));
	}

	/** Hands on the states and labels of a mini-batch. */
	void forEach(Batch batch, Portions portions) {
		try (GraphBatch arrays = this.batches.apply(batch)) {
			float[] all = arrays.labels().data().asFloat();
			INDArray mask = arrays.labelMask();
			run(batch.inputs(), all, (mask != null) ? mask.data().asFloat() : null, portions);
		}
		flush(portions);
	}

	private void run(Sequences sequences, float[] all, float @Nullable [] mask, Portions portions) {
		int batch = sequences.batch();
		int steps = sequences.steps();
		int together = this.architecture.stack().bidirectional() ? steps : (int) together(batch, this.size, steps);
		float[] h = new float[this.size * batch];
		State state = this.stack.initialState(batch);
		for (int from = 0; from < steps; from += together) {
			Sequences piece = piece(sequences, from, Math.min(steps, from + together));
			this.input.write(piece, this.worker.input(batch, piece.steps()));
			Steps out = this.worker.run(batch, piece.steps(), TwinInput.mask(piece), state);
			state = this.worker.after();
			for (int t = 0; this.architecture.output().everyStep() && t < piece.steps(); t++) {
				out.memory().get(out.offset() + t * out.stride(), h, 0, h.length);
				add(h, from + t, batch, all, mask, portions);
			}
		}
		if (!this.architecture.output().everyStep()) {
			add(this.worker.last(), 0, batch, all, mask, portions);
		}
	}

	/** Steps from {@code from} to {@code to} of sequences; rows may have none of them. */
	private static Sequences piece(Sequences sequences, int from, int to) {
		if (from == 0 && to == sequences.steps()) {
			return sequences;
		}
		int batch = sequences.batch();
		int[] lengths = new int[batch];
		for (int row = 0; row < batch; row++) {
			lengths[row] = Math.max(0, Math.min(to, sequences.lengths()[row]) - from);
		}
		if (sequences instanceof Sequences.Values values) {
			int step = values.features() * batch;
			return new Sequences.Values(values.features(), Arrays.copyOfRange(values.data(), from * step, to * step),
					lengths);
		}
		return new Sequences.Tokens(Arrays.copyOfRange(((Sequences.Tokens) sequences).ids(), from * batch, to * batch),
				lengths);
	}

	/**
	 * Notes the rows of a step that count.
	 * @param h [size][batch]
	 */
	private void add(float[] h, int t, int batch, float[] all, float @Nullable [] mask, Portions portions) {
		for (int row = 0; row < batch; row++) {
			if (mask != null && mask[t * batch + row] == 0) {
				continue;
			}
			for (int u = 0; u < this.size; u++) {
				this.states[this.rows * this.size + u] = h[u * batch + row];
			}
			for (int k = 0; k < this.each; k++) {
				this.labels[this.rows * this.each + k] = all[(t * this.each + k) * batch + row];
			}
			this.rows++;
			if (this.rows == this.capacity) {
				flush(portions);
			}
		}
	}

	private void flush(Portions portions) {
		int count = this.rows;
		this.rows = 0;
		if (count > 0) {
			portions.accept(this.states, this.labels, count);
		}
	}

	/** Takes in steps that count. */
	@FunctionalInterface
	interface Portions {

		/**
		 * @param states [rows][size]
		 * @param labels [rows][values], or the numbers of the classes, [rows]
		 * @param rows how many there are
		 */
		void accept(double[] states, double[] labels, int rows);

	}

}
