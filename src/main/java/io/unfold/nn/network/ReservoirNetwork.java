package io.unfold.nn.network;

import java.util.function.Function;

import io.unfold.nn.NativeRuntime;
import io.unfold.nn.linear.LinearMap;
import io.unfold.nn.linear.RidgeRegression;
import org.jspecify.annotations.Nullable;

/**
 * An echo state network in training (Jaeger 2001, GMD report 148): its reservoirs are
 * drawn, and a readout y = x B + b of the topmost one's states x is found by ridge
 * regression, (X'X + ridge I) B = X'Y (Lukosevicius 2012,
 * doi:10.1007/978-3-642-35289-8_36, eq. 9). For classes, Y has a 1 for the right class
 * and 0 for the others, and a second pass over the examples finds the factor that makes
 * of the answers the best logits.
 */
final class ReservoirNetwork implements SolvableNetwork<SequenceNetwork> {

	private final Output output;

	private final double ridge;

	private final Tensors reservoirs;

	private final ReservoirStates states;

	private final RidgeRegression regression;

	/** Of classes. */
	private final TemperatureScaling scaling;

	/** Answers of the first pass; null before its end. */
	private @Nullable LinearMap readout;

	private double scale = 1;

	private double trainLoss;

	private int pass;

	/**
	 * @param batches makes of a mini-batch its labels and their mask
	 */
	ReservoirNetwork(SequenceArchitecture architecture, Readout readout, Function<Batch, GraphBatch> batches,
			long seed) {
		NativeRuntime.prepareNd4j();
		this.output = architecture.output();
		this.ridge = readout.ridge();
		this.reservoirs = ReservoirParameters.draw(architecture, seed);
		this.states = new ReservoirStates(architecture, batches, this.reservoirs);
		this.regression = new RidgeRegression(architecture.outputsOfStack(), this.output.size());
		this.scaling = new TemperatureScaling(this.output.size());
	}

	/** Passes that an output takes. */
	static int passes(Output output) {
		return (output.kind() == Output.Kind.CLASSES) ? 2 : 1;
	}

	@Override
	public int passes() {
		return passes(this.output);
	}

	@Override
	public void add(Batch batch) {
		if (this.pass == 0) {
			this.states.forEach(batch, this::regress);
			if (!this.regression.isFinite()) {
				throw new UnsolvableException("an input or a target is infinite, not a number, or too large");
			}
		}
		else {
			this.states.forEach(batch, this::calibrate);
		}
	}

	private void regress(double[] x, double[] labels, int rows) {
		this.regression.add(x, (this.output.kind() == Output.Kind.CLASSES) ? indicators(labels, rows) : labels, rows);
	}

	/** A 1 for the right class and 0 for the others; [rows][classes]. */
	private double[] indicators(double[] labels, int rows) {
		double[] y = new double[rows * this.output.size()];
		for (int row = 0; row < rows; row++) {
			y[row * this.output.size() + (int) labels[row]] = 1;
		}
		return y;
	}

	private void calibrate(double[] x, double[] labels, int rows) {
		double[] scores = new double[rows * this.output.size()];
		readout().apply(x, rows, scores);
		for (int row = 0; row < rows; row++) {
			this.scaling.add(scores, row * this.output.size(), (int) labels[row]);
		}
	}

	@Override
	public void endPass() {
		if (this.pass == 0) {
			if (this.regression.count() == 0) {
				throw new UnsolvableException("there is no step whose answer counts");
			}
			RidgeRegression.Solution solution = this.regression.solve(this.ridge)
				.orElseThrow(() -> new UnsolvableException("readout.ridge is too small: with " + this.ridge
						+ " the equations of the readout have no one solution (X'X + ridge I is not positive definite); a larger ridge, fewer units or more data may help"));
			this.readout = solution.map();
			this.trainLoss = 0.5 * solution.meanSquaredError() / this.output.size();
		}
		else if (this.scaling.count() > 0) {
			TemperatureScaling.Scale best = this.scaling.best();
			this.scale = best.factor();
			this.trainLoss = best.loss();
		}
		this.pass++;
	}

	private LinearMap readout() {
		LinearMap map = this.readout;
		if (map == null) {
			throw new IllegalStateException("the first pass has not ended");
		}
		return map;
	}

	@Override
	public double trainLoss() {
		return this.trainLoss;
	}

	@Override
	public TrainableNetwork.Pass judge(Batch batch) {
		AnswerLoss loss = new AnswerLoss(this.output, readout().times(this.scale));
		this.states.forEach(batch, loss);
		return new TrainableNetwork.Pass(loss.mean(), null, 0, loss.right());
	}

	@Override
	public Tensors parameters() {
		return ReservoirParameters.with(this.reservoirs, readout().times(this.scale));
	}

	@Override
	public void close() {
		this.regression.close();
	}

}
