package io.unfold.nn.cell;

/**
 * The arithmetic of attention in floats, for all steps of a decoder at once. What is of
 * all rows is one product over them; scores and contexts are products row by row, over
 * the steps that the row's source has, so that padding is never looked at. What the
 * backward pass needs is kept. Not thread-safe.
 */
public final class AttentionKernel implements AutoCloseable {

	private final AttentionShape shape;

	private final AttentionScores scores;

	private final Softmax softmax = new Softmax();

	/** The decoder's outputs, h, and the encoder's, s. */
	private final RowSteps h;

	private final RowSteps source;

	private final RowSteps keys;

	private final RowSteps queries;

	private final RowSteps contexts;

	private final RowSteps answers;

	private final RowSteps dH;

	private final RowSteps dSource;

	private final RowSteps dKeys;

	private final RowSteps dQueries;

	private final RowSteps dContexts;

	private final RowSteps dAnswers;

	/** [row][steps][length of the source], with room for the longest source. */
	private Floats weights = Floats.allocate(0);

	/** Of one row; [steps][length of the source]. */
	private Floats dWeights = Floats.allocate(0);

	private int[] lengths = {};

	private float[] values = {};

	private float[] gradients = {};

	public AttentionKernel(AttentionShape shape) {
		this.shape = shape;
		AttentionScore score = shape.score();
		this.scores = score.projectsTarget() ? new AdditiveScores(shape) : new ProductScores();
		this.h = new RowSteps(shape.decoder());
		this.dH = new RowSteps(shape.decoder());
		this.source = new RowSteps(shape.encoder());
		this.dSource = new RowSteps(shape.encoder());
		this.keys = score.projectsSource() ? new RowSteps(shape.keys()) : this.source;
		this.dKeys = score.projectsSource() ? new RowSteps(shape.keys()) : this.dSource;
		this.queries = score.projectsTarget() ? new RowSteps(shape.keys()) : this.h;
		this.dQueries = score.projectsTarget() ? new RowSteps(shape.keys()) : this.dH;
		this.contexts = new RowSteps(shape.encoder());
		this.dContexts = new RowSteps(shape.encoder());
		this.answers = new RowSteps(shape.outputs());
		this.dAnswers = new RowSteps(shape.outputs());
	}

	/**
	 * Answers every step of the decoder.
	 * @param parameters as {@link AttentionShape#parts()}
	 * @param h [batch, decoder] at each of {@code steps}
	 * @param source [batch, encoder] at each of {@code sourceSteps}
	 * @param lengths steps of each row's source, from the first on, at least 1; [batch]
	 * @param out receives the answers, [batch, outputs] at each step
	 */
	public void forward(Floats parameters, Steps h, int steps, Steps source, int sourceSteps, int[] lengths,
			Steps out) {
		int batch = lengths.length;
		this.lengths = lengths.clone();
		this.h.of(batch, steps).read(h);
		this.source.of(batch, sourceSteps).read(source);
		if (this.shape.score().projectsSource()) {
			project(parameters, AttentionShape.KEYS, this.source, this.keys.of(batch, sourceSteps));
		}
		if (this.shape.score().projectsTarget()) {
			project(parameters, AttentionShape.QUERIES, this.h, this.queries.of(batch, steps));
		}
		this.contexts.of(batch, steps);
		this.weights = Floats.grown(this.weights, (long) batch * steps * sourceSteps);
		this.values = grown(this.values, steps * Math.max(sourceSteps, this.shape.outputs()));
		for (int row = 0; row < batch; row++) {
			attend(parameters, row);
		}
		answer(parameters, batch, steps);
		this.answers.write(out);
	}

	private static void project(Floats parameters, long at, RowSteps from, RowSteps to) {
		Blas.gemm(true, false, to.features(), from.columns(), from.features(), parameters, at, from.features(),
				from.memory(), 0, from.features(), 0, to.memory(), 0, to.features());
	}

	private void project(Floats parameters, String part, RowSteps from, RowSteps to) {
		project(parameters, this.shape.at(part), from, to);
	}

	/** Weights and contexts of a row. */
	private void attend(Floats parameters, int row) {
		int length = this.lengths[row];
		int steps = this.h.steps();
		int size = this.shape.encoder();
		this.scores.forward(parameters, this.queries, this.keys, row, length, this.weights, weightsAt(row));
		this.weights.get(weightsAt(row), this.values, 0, steps * length);
		this.softmax.probabilities(this.values, steps, length, 1);
		this.weights.put(weightsAt(row), this.values, 0, steps * length);
		Blas.gemm(false, false, size, steps, length, this.source.memory(), this.source.at(row), size, this.weights,
				weightsAt(row), length, 0, this.contexts.memory(), this.contexts.at(row), size);
	}

	private void answer(Floats parameters, int batch, int steps) {
		this.answers.of(batch, steps);
		int d = this.shape.decoder();
		int e = this.shape.encoder();
		int o = this.shape.outputs();
		int at = this.shape.at(AttentionShape.OUTPUT);
		Floats to = this.answers.memory();
		Blas.gemm(true, false, o, this.h.columns(), e, parameters, at, e + d, this.contexts.memory(), 0, e, 0, to, 0,
				o);
		Blas.gemm(true, false, o, this.h.columns(), d, parameters, at + e, e + d, this.h.memory(), 0, d, 1, to, 0, o);
		for (int row = 0; row < batch; row++) {
			to.get(this.answers.at(row), this.values, 0, this.answers.size());
			Activations.tanh(this.values, this.answers.size());
			to.put(this.answers.at(row), this.values, 0, this.answers.size());
		}
	}

	/**
	 * The gradients of the last {@link #forward}.
	 * @param dOut gradient of the answers
	 * @param gradients receives those of the parameters
	 * @param dH receives that of h
	 * @param dSource receives that of the source; zeros where a row has no step
	 */
	public void backward(Floats parameters, Steps dOut, Floats gradients, Steps dH, Steps dSource) {
		int batch = this.lengths.length;
		int steps = this.h.steps();
		gradients.clear(0, gradients.length());
		this.dH.of(batch, steps);
		this.dSource.of(batch, this.source.steps()).clear();
		if (this.keys != this.source) {
			this.dKeys.of(batch, this.source.steps()).clear();
		}
		if (this.queries != this.h) {
			this.dQueries.of(batch, steps).clear();
		}
		answerBack(parameters, dOut, gradients);
		this.dWeights = Floats.grown(this.dWeights, (long) steps * this.source.steps());
		for (int row = 0; row < batch; row++) {
			attendBack(parameters, gradients, row);
		}
		if (this.keys != this.source) {
			projectBack(parameters, gradients, AttentionShape.KEYS, this.source, this.dKeys, this.dSource);
		}
		if (this.queries != this.h) {
			projectBack(parameters, gradients, AttentionShape.QUERIES, this.h, this.dQueries, this.dH);
		}
		this.dH.write(dH);
		this.dSource.write(dSource);
	}

	private void answerBack(Floats parameters, Steps dOut, Floats gradients) {
		this.dAnswers.of(this.lengths.length, this.h.steps()).read(dOut);
		this.dContexts.of(this.lengths.length, this.h.steps());
		int size = this.answers.size();
		this.gradients = grown(this.gradients, size);
		for (int row = 0; row < this.lengths.length; row++) {
			this.answers.memory().get(this.answers.at(row), this.values, 0, size);
			this.dAnswers.memory().get(this.dAnswers.at(row), this.gradients, 0, size);
			for (int i = 0; i < size; i++) {
				this.gradients[i] *= 1 - this.values[i] * this.values[i];
			}
			this.dAnswers.memory().put(this.dAnswers.at(row), this.gradients, 0, size);
		}
		int d = this.shape.decoder();
		int e = this.shape.encoder();
		int o = this.shape.outputs();
		int at = this.shape.at(AttentionShape.OUTPUT);
		int columns = this.h.columns();
		Floats from = this.dAnswers.memory();
		Blas.gemm(false, true, e, o, columns, this.contexts.memory(), 0, e, from, 0, o, 0, gradients, at, e + d);
		Blas.gemm(false, true, d, o, columns, this.h.memory(), 0, d, from, 0, o, 0, gradients, at + e, e + d);
		Blas.gemm(false, false, e, columns, o, parameters, at, e + d, from, 0, o, 0, this.dContexts.memory(), 0, e);
		Blas.gemm(false, false, d, columns, o, parameters, at + e, e + d, from, 0, o, 0, this.dH.memory(), 0, d);
	}

	private void attendBack(Floats parameters, Floats gradients, int row) {
		int length = this.lengths[row];
		int steps = this.h.steps();
		int size = this.shape.encoder();
		Floats dContext = this.dContexts.memory();
		Blas.gemm(true, false, length, steps, size, this.source.memory(), this.source.at(row), size, dContext,
				this.dContexts.at(row), size, 0, this.dWeights, 0, length);
		Blas.gemm(false, true, size, length, steps, dContext, this.dContexts.at(row), size, this.weights,
				weightsAt(row), length, 1, this.dSource.memory(), this.dSource.at(row), size);
		softmaxBack(row, steps, length);
		this.scores.backward(parameters, this.queries, this.keys, row, length, this.dWeights, 0, this.dQueries,
				this.dKeys, gradients);
	}

	/** Makes gradients of scores of the gradients of weights. */
	private void softmaxBack(int row, int steps, int length) {
		int count = steps * length;
		this.gradients = grown(this.gradients, count);
		this.weights.get(weightsAt(row), this.values, 0, count);
		this.dWeights.get(0, this.gradients, 0, count);
		for (int from = 0; from < count; from += length) {
			float mean = 0;
			for (int i = from; i < from + length; i++) {
				mean += this.values[i] * this.gradients[i];
			}
			for (int i = from; i < from + length; i++) {
				this.gradients[i] = this.values[i] * (this.gradients[i] - mean);
			}
		}
		this.dWeights.put(0, this.gradients, 0, count);
	}

	private void projectBack(Floats parameters, Floats gradients, String part, RowSteps from, RowSteps d,
			RowSteps dFrom) {
		int at = this.shape.at(part);
		Blas.gemm(false, true, from.features(), d.features(), from.columns(), from.memory(), 0, from.features(),
				d.memory(), 0, d.features(), 0, gradients, at, from.features());
		Blas.gemm(false, false, from.features(), from.columns(), d.features(), parameters, at, from.features(),
				d.memory(), 0, d.features(), 1, dFrom.memory(), 0, from.features());
	}

	private long weightsAt(int row) {
		return (long) row * this.h.steps() * this.source.steps();
	}

	private static float[] grown(float[] array, int length) {
		return (array.length < length) ? new float[length] : array;
	}

	@Override
	public void close() {
		for (RowSteps rows : new RowSteps[] { this.h, this.source, this.keys, this.queries, this.contexts, this.answers,
				this.dH, this.dSource, this.dKeys, this.dQueries, this.dContexts, this.dAnswers }) {
			rows.close();
		}
		this.weights.close();
		this.dWeights.close();
		this.weights = Floats.allocate(0);
		this.dWeights = Floats.allocate(0);
	}

}
