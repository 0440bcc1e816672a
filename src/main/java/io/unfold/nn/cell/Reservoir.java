package io.unfold.nn.cell;

import java.util.Arrays;
import java.util.SplittableRandom;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.nn.linear.SpectralRadius;
import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * The cell of an echo state network (Jaeger 2001, GMD report 148): a simple cell of leaky
 * units whose weights are drawn once and never trained, h_t = (1 - a) h_(t-1) + a tanh(W
 * x_t + U h_(t-1) + b), with the leaking rate a (Lukosevicius 2012, "A practical guide to
 * applying echo state networks", doi:10.1007/978-3-642-35289-8_36, eq. 2 and 3). W is
 * uniform in +-inputScaling and b in +-biasScaling. U is sparse: each unit sees the same
 * number of units, drawn at random, with weights uniform in +-1 that are then multiplied
 * by spectralRadius / rho(U), where rho(U) is the largest absolute value of U's
 * eigenvalues. Below 1 it mostly makes the state forget how it began (the echo state
 * property); near 1 it remembers longest.
 *
 * @param units size of h; at most 2048, as finding rho(U) takes some 70 units^3
 * operations
 * @param spectralRadius of U, by default 0.9
 * @param sparsity share of U that is zero, by default 0.9; each unit sees at least one
 * @param inputScaling the largest input weight, by default 1
 * @param biasScaling the largest bias, by default 0.5
 * @param leak leaking rate a, by default 1: h is new at every step
 */
@JsonTypeName("reservoir")
public record Reservoir(int units, double spectralRadius, double sparsity, double inputScaling, double biasScaling,
		double leak) implements CellSpec {

	private static final int MOST_UNITS = 2048;

	private static final double LARGEST_SCALE = 1000;

	public Reservoir {
		InvalidFieldException.requireBetween("units", units, 1, MOST_UNITS);
		InvalidFieldException.requireBetween("spectralRadius", spectralRadius, 0.0, 10.0);
		InvalidFieldException.requireBetween("sparsity", sparsity, 0.0, 1.0);
		InvalidFieldException.requireBetween("inputScaling", inputScaling, 0.0, LARGEST_SCALE);
		InvalidFieldException.requireBetween("biasScaling", biasScaling, 0.0, LARGEST_SCALE);
		InvalidFieldException.requireBetween("leak", leak, 0.001, 1.0);
	}

	@JsonCreator
	static Reservoir from(int units, @Nullable Double spectralRadius, @Nullable Double sparsity,
			@Nullable Double inputScaling, @Nullable Double biasScaling, @Nullable Double leak) {
		return new Reservoir(units, (spectralRadius != null) ? spectralRadius : 0.9,
				(sparsity != null) ? sparsity : 0.9, (inputScaling != null) ? inputScaling : 1.0,
				(biasScaling != null) ? biasScaling : 0.5, (leak != null) ? leak : 1.0);
	}

	@Override
	public @Nullable Recurrence recurrence() {
		return (this.leak < 1) ? new Recurrence(this.leak, 1, null, 0) : null;
	}

	@Override
	public CellShape shape() {
		return arithmetic().shape();
	}

	@Override
	public CellKernel kernel(int inputs) {
		return arithmetic().kernel(inputs);
	}

	@Override
	public CellReference reference(int inputs) {
		return arithmetic().reference(inputs);
	}

	private SimpleRnn arithmetic() {
		return new SimpleRnn(this.units, recurrence());
	}

	/** Draws the parameters for inputs of the given size. */
	public Drawn draw(int inputs, SplittableRandom random) {
		return new Drawn(uniform(random, inputs * this.units, this.inputScaling), recurrent(random),
				uniform(random, this.units, this.biasScaling));
	}

	private static float[] uniform(SplittableRandom random, int count, double range) {
		float[] values = new float[count];
		for (int i = 0; i < count; i++) {
			values[i] = (float) (range * (2 * random.nextDouble() - 1));
		}
		return values;
	}

	/**
	 * As every unit sees another or itself, there is a cycle of units, and so an
	 * eigenvalue that is not zero.
	 */
	private float[] recurrent(SplittableRandom random) {
		int seen = (int) Math.max(1, Math.round((1 - this.sparsity) * this.units));
		double[] matrix = new double[this.units * this.units];
		int[] order = new int[this.units];
		Arrays.setAll(order, (i) -> i);
		for (int u = 0; u < this.units; u++) {
			for (int k = 0; k < seen; k++) {
				int other = k + random.nextInt(this.units - k);
				int v = order[other];
				order[other] = order[k];
				order[k] = v;
				matrix[u * this.units + v] = 2 * random.nextDouble() - 1;
			}
		}
		double scale = this.spectralRadius / SpectralRadius.of(matrix.clone(), this.units);
		float[] scaled = new float[matrix.length];
		for (int i = 0; i < scaled.length; i++) {
			scaled[i] = (float) (scale * matrix[i]);
		}
		return scaled;
	}

	/**
	 * Parameters as they were drawn, laid out as {@link Weights}.
	 *
	 * @param w of the inputs, [inputs, units]
	 * @param r of the state, [units, units]
	 * @param b biases, [units]
	 */
	public record Drawn(float[] w, float[] r, float[] b) {
	}

}
