package io.unfold.nn.layer;

import java.util.Arrays;

import io.unfold.nn.cell.Floats;
import io.unfold.nn.cell.Steps;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The steps of a batch that the mask lets count, as rows of matrices: portions of whole
 * steps, copied out of and back into arrays of [batch, features, time]. Rows of no weight
 * fill a portion up to what the kernels like. Not thread-safe.
 */
final class AnswerRows {

	/** Numbers of a portion's rows that stay in the second-level cache. */
	private static final int CACHED = 1 << 17;

	/**
	 * Rows of a portion at least: enough that what is done to the weights for each is
	 * little beside it.
	 */
	static final int LEAST = 128;

	/** Vectors hold that many floats, or twice. */
	private static final int MULTIPLE = 16;

	private final int inputs;

	private final int labelSize;

	private final int portion;

	private Floats x = Floats.allocate(0);

	private Floats source = Floats.allocate(0);

	private @Nullable Floats labelSource;

	private float @Nullable [] mask;

	private int batch;

	private int steps;

	/** The portion's steps. */
	private int from;

	private int to;

	private int count;

	private float[] vectors = {};

	private float[] labels = {};

	private float[] weights = {};

	private float[] step = {};

	/** Where each row is in the arrays: step * batch + row. */
	private int[] positions = {};

	private int used;

	AnswerRows(int inputs, int outputs, int labelSize) {
		this.inputs = inputs;
		this.labelSize = labelSize;
		this.portion = Math.max(LEAST, CACHED / (inputs + outputs));
	}

	/**
	 * Begins with a batch.
	 * @param labels null: not wanted
	 * @param mask weights, [time][batch]; null: 1
	 */
	void begin(INDArray x, @Nullable INDArray labels, float @Nullable [] mask) {
		this.source = NativeArrays.floats(x);
		this.labelSource = (labels != null) ? NativeArrays.floats(labels) : null;
		this.mask = mask;
		this.batch = (int) x.size(0);
		this.steps = (x.rank() == 3) ? (int) x.size(2) : 1;
		this.from = 0;
		this.to = 0;
	}

	/** Goes on to the next portion; false when there are no more. */
	boolean next() {
		this.from = this.to;
		if (this.from == this.steps) {
			return false;
		}
		int largest = Math.max(this.portion, this.batch);
		if (this.positions.length < largest) {
			this.positions = new int[largest];
		}
		this.used = 0;
		while (this.to < this.steps && this.used + this.batch <= largest) {
			for (int row = 0; row < this.batch; row++) {
				int position = this.to * this.batch + row;
				if (this.mask == null || this.mask[position] != 0) {
					this.positions[this.used++] = position;
				}
			}
			this.to++;
		}
		this.count = (this.used < MULTIPLE) ? this.used : (this.used + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
		gather();
		return true;
	}

	private void gather() {
		this.vectors = grown(this.vectors, this.inputs * this.count);
		gather(this.source, this.inputs, this.vectors);
		this.x = Floats.grown(this.x, (long) this.inputs * this.count);
		this.x.put(0, this.vectors, 0, this.inputs * this.count);
		if (this.labelSource != null) {
			this.labels = grown(this.labels, this.labelSize * this.count);
			gather(this.labelSource, this.labelSize, this.labels);
		}
		this.weights = grown(this.weights, this.count);
		Arrays.fill(this.weights, 0, this.count, 0);
		for (int i = 0; i < this.used; i++) {
			this.weights[i] = (this.mask != null) ? this.mask[this.positions[i]] : 1;
		}
	}

	private void gather(Floats array, int size, float[] rows) {
		this.step = grown(this.step, size * this.batch);
		int first = 0;
		for (int t = this.from; t < this.to; t++) {
			int next = endOf(t, first);
			if (next > first) {
				array.get((long) t * size * this.batch, this.step, 0, size * this.batch);
			}
			for (int k = 0; k < size; k++) {
				for (int i = first; i < next; i++) {
					rows[k * this.count + i] = this.step[k * this.batch + this.positions[i] - t * this.batch];
				}
			}
			first = next;
		}
		for (int k = 0; k < size; k++) {
			Arrays.fill(rows, k * this.count + this.used, (k + 1) * this.count, 0);
		}
	}

	/** Copies a portion's rows, [size][rows], to where they are, and zeros elsewhere. */
	void scatter(float[] rows, int size, Floats array) {
		this.step = grown(this.step, size * this.batch);
		int first = 0;
		for (int t = this.from; t < this.to; t++) {
			int next = endOf(t, first);
			if (next - first < this.batch) {
				Arrays.fill(this.step, 0, size * this.batch, 0);
			}
			for (int k = 0; k < size; k++) {
				for (int i = first; i < next; i++) {
					this.step[k * this.batch + this.positions[i] - t * this.batch] = rows[k * this.count + i];
				}
			}
			array.put((long) t * size * this.batch, this.step, 0, size * this.batch);
			first = next;
		}
	}

	/** The first row after {@code first} that is not of step {@code t}. */
	private int endOf(int t, int first) {
		int next = first;
		while (next < this.used && this.positions[next] < (t + 1) * this.batch) {
			next++;
		}
		return next;
	}

	private static float[] grown(float[] array, int length) {
		return (array.length < length) ? new float[length] : array;
	}

	/** Rows of the portion, those that fill it up among them. */
	int count() {
		return this.count;
	}

	/** Their inputs, as the dense layer takes them, or what it has put in their place. */
	Steps x() {
		return new Steps(this.x, 0, (long) this.inputs * this.count);
	}

	/** What is in {@link #x()}: [inputs][rows]. */
	float[] vectors() {
		this.x.get(0, this.vectors, 0, this.inputs * this.count);
		return this.vectors;
	}

	/** [labels][rows]. */
	float[] labels() {
		return this.labels;
	}

	/** [rows]; 0 of those that fill the portion up. */
	float[] weights() {
		return this.weights;
	}

}
