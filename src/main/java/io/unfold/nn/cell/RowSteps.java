package io.unfold.nn.cell;

/**
 * Sequences row by row, [row][time][features] in native memory: each row is a
 * column-major matrix [features, time], and all rows together are one of [features, rows
 * * time]. Not thread-safe.
 */
final class RowSteps implements AutoCloseable {

	private final int features;

	private int batch;

	private int steps;

	private Floats memory = Floats.allocate(0);

	/** A step of all rows; [features][batch]. */
	private float[] step = {};

	/** A step of a row; [features]. */
	private final float[] line;

	RowSteps(int features) {
		this.features = features;
		this.line = new float[features];
	}

	/** Makes room for a batch; what is in it is not said. */
	RowSteps of(int batch, int steps) {
		this.batch = batch;
		this.steps = steps;
		this.memory = Floats.grown(this.memory, (long) batch * steps * this.features);
		return this;
	}

	Floats memory() {
		return this.memory;
	}

	int features() {
		return this.features;
	}

	/** Steps of a row. */
	int steps() {
		return this.steps;
	}

	/** Steps of all rows. */
	int columns() {
		return this.batch * this.steps;
	}

	/** Where a row begins. */
	long at(int row) {
		return (long) row * this.steps * this.features;
	}

	/** Elements of a row. */
	int size() {
		return this.steps * this.features;
	}

	void clear() {
		this.memory.clear(0, at(this.batch));
	}

	/** Copies sequences that have the batch fastest. */
	void read(Steps from) {
		growStep();
		for (int t = 0; t < this.steps; t++) {
			from.memory().get(from.at(t), this.step, 0, this.step.length);
			for (int row = 0; row < this.batch; row++) {
				for (int k = 0; k < this.features; k++) {
					this.line[k] = this.step[k * this.batch + row];
				}
				this.memory.put(at(row) + (long) t * this.features, this.line, 0, this.features);
			}
		}
	}

	/** Copies them to where the batch is fastest. */
	void write(Steps to) {
		growStep();
		for (int t = 0; t < this.steps; t++) {
			for (int row = 0; row < this.batch; row++) {
				this.memory.get(at(row) + (long) t * this.features, this.line, 0, this.features);
				for (int k = 0; k < this.features; k++) {
					this.step[k * this.batch + row] = this.line[k];
				}
			}
			to.memory().put(to.at(t), this.step, 0, this.step.length);
		}
	}

	private void growStep() {
		if (this.step.length != this.features * this.batch) {
			this.step = new float[this.features * this.batch];
		}
	}

	@Override
	public void close() {
		this.memory.close();
		this.memory = Floats.allocate(0);
	}

}
