package io.unfold.nn.cell;

import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * Gated recurrent unit (Cho et al. 2014, arXiv:1406.1078): r, z = sigmoid(W x_t + U
 * h_(t-1) + b), h_t = (1 - z) * n + z * h_(t-1), where the candidate n is tanh(W x_t + r
 * * (U h_(t-1) + b')+ b) when the reset gate acts after the product (as in cuDNN, PyTorch
 * and Keras), and tanh(W x_t + U (r * h_(t-1)) + b) when it acts before it (as in the
 * paper). Columns of W: n, r, z; of R: r, z, n; of b: n, r, z and, when the reset gate
 * acts after the product, b'. So the products with W and with R each have targets side by
 * side, with r and z in both.
 *
 * @param units size of h
 * @param resetAfter whether the reset gate acts after the product with the recurrent
 * weights; by default true
 * @param recurrence how the state comes back; null: as it is, one step later
 */
@JsonTypeName("gru")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Gru(int units, boolean resetAfter, @Nullable Recurrence recurrence) implements CellSpec {

	private static final CellShape AFTER = new CellShape(3, 4, 1, 4);

	private static final CellShape BEFORE = new CellShape(3, 3, 1, 4);

	public Gru {
		InvalidFieldException.requireBetween("units", units, 1, MAX_UNITS);
	}

	/** With the plain recurrence. */
	@JsonCreator(mode = JsonCreator.Mode.DISABLED)
	public Gru(int units, boolean resetAfter) {
		this(units, resetAfter, null);
	}

	@JsonCreator
	static Gru from(int units, @Nullable Boolean resetAfter, @Nullable Recurrence recurrence) {
		return new Gru(units, resetAfter == null || resetAfter, recurrence);
	}

	@Override
	public CellShape shape() {
		return this.resetAfter ? AFTER : BEFORE;
	}

	@Override
	public CellKernel kernel(int inputs) {
		return this.resetAfter ? new AfterKernel(inputs, this) : new BeforeKernel(inputs, this);
	}

	@Override
	public CellReference reference(int inputs) {
		return new Reference(inputs, this);
	}

	/** h = n + z (h_before - n). */
	private static void mix(int n, float[] candidate, float[] z, float[] before, float[] h) {
		for (int k = 0; k < n; k++) {
			h[k] = candidate[k] + z[k] * (before[k] - candidate[k]);
		}
	}

	/** n and z become their gradients; dBefore is what goes past the gates. */
	private static void mixBack(int n, float[] candidate, float[] z, float[] before, float[] d, float[] dBefore) {
		for (int k = 0; k < n; k++) {
			float dz = d[k] * (before[k] - candidate[k]) * z[k] * (1f - z[k]);
			dBefore[k] = d[k] * z[k];
			candidate[k] = d[k] * (1f - z[k]) * (1f - candidate[k] * candidate[k]);
			z[k] = dz;
		}
	}

	/** Blocks: n, r, z, q = U h + b' of the candidate. */
	private static final class AfterKernel extends CellKernel {

		AfterKernel(int inputs, Gru cell) {
			super(inputs, cell, List.of(new Product(Product.STATE, 0, 3, 1)));
		}

		@Override
		void step() {
			Activations.sigmoid(this.z[1], this.size);
			Activations.sigmoid(this.z[2], this.size);
			candidate(this.size, this.z[0], this.z[1], this.z[3]);
			Activations.tanh(this.z[0], this.size);
			mix(this.size, this.z[0], this.z[2], this.before[0], this.after[0]);
		}

		private static void candidate(int n, float[] candidate, float[] r, float[] q) {
			for (int k = 0; k < n; k++) {
				candidate[k] += r[k] * q[k];
			}
		}

		@Override
		void stepBack() {
			mixBack(this.size, this.z[0], this.z[2], this.before[0], this.d[0], this.dBefore[0]);
			candidateBack(this.size, this.z[0], this.z[1], this.z[3]);
		}

		/** r and q become their gradients. */
		private static void candidateBack(int n, float[] dn, float[] r, float[] q) {
			for (int k = 0; k < n; k++) {
				float dq = dn[k] * r[k];
				r[k] = dq * q[k] * (1f - r[k]);
				q[k] = dq;
			}
		}

	}

	/** Blocks: n, r, z, s = r * h. */
	private static final class BeforeKernel extends CellKernel {

		private static final Product CANDIDATE = new Product(3, 2, 1, 0);

		private float[] ds = {};

		BeforeKernel(int inputs, Gru cell) {
			super(inputs, cell, List.of(new Product(Product.STATE, 0, 2, 1), CANDIDATE));
		}

		@Override
		void step() {
			Activations.sigmoid(this.z[1], this.size);
			Activations.sigmoid(this.z[2], this.size);
			reset(this.size, this.z[1], this.fed, this.z[3]);
			multiply(CANDIDATE);
			Activations.tanh(this.z[0], this.size);
			mix(this.size, this.z[0], this.z[2], this.before[0], this.after[0]);
		}

		private static void reset(int n, float[] r, float[] fed, float[] s) {
			for (int k = 0; k < n; k++) {
				s[k] = r[k] * fed[k];
			}
		}

		@Override
		void stepBack() {
			if (this.ds.length != this.size) {
				this.ds = new float[this.size];
			}
			Arrays.fill(this.ds, 0);
			mixBack(this.size, this.z[0], this.z[2], this.before[0], this.d[0], this.dBefore[0]);
			multiplyBack(CANDIDATE, this.ds);
			resetBack(this.size, this.ds, this.z[1], this.fed, this.dFed);
		}

		/** r becomes its gradient. */
		private static void resetBack(int n, float[] ds, float[] r, float[] fed, float[] dFed) {
			for (int k = 0; k < n; k++) {
				float through = ds[k] * r[k];
				dFed[k] += through;
				r[k] = through * fed[k] * (1f - r[k]);
			}
		}

	}

	/** The formulas as they stand. */
	private static final class Reference extends CellReference {

		private final boolean resetAfter;

		Reference(int inputs, Gru cell) {
			super(inputs, cell);
			this.resetAfter = cell.resetAfter;
		}

		@Override
		void step(double[][] z, double[] before, double[] fed, double[] after) {
			addRecurrent(fed, 0, z[1]);
			addRecurrent(fed, 1, z[2]);
			for (int u = 0; u < units(); u++) {
				z[1][u] = sigmoid(z[1][u]);
				z[2][u] = sigmoid(z[2][u]);
			}
			if (this.resetAfter) {
				addRecurrent(fed, 2, z[3]);
				for (int u = 0; u < units(); u++) {
					z[0][u] += z[1][u] * z[3][u];
				}
			}
			else {
				for (int u = 0; u < units(); u++) {
					z[3][u] = z[1][u] * fed[u];
				}
				addRecurrent(z[3], 2, z[0]);
			}
			for (int u = 0; u < units(); u++) {
				z[0][u] = Math.tanh(z[0][u]);
				after[u] = (1 - z[2][u]) * z[0][u] + z[2][u] * before[u];
			}
		}

		@Override
		void stepBack(double[][] z, double[] before, double[] fed, double[] d, double[] dBefore, double[] dFed) {
			for (int u = 0; u < units(); u++) {
				double n = z[0][u];
				double gate = z[2][u];
				dBefore[u] += d[u] * gate;
				z[2][u] = d[u] * (before[u] - n) * gate * (1 - gate);
				z[0][u] = d[u] * (1 - gate) * (1 - n * n);
			}
			double[] dReset = new double[units()];
			if (this.resetAfter) {
				for (int u = 0; u < units(); u++) {
					dReset[u] = z[0][u] * z[3][u];
					z[3][u] = z[0][u] * z[1][u];
				}
				addRecurrentBack(z[3], 2, fed, dFed);
			}
			else {
				double[] ds = new double[units()];
				addRecurrentBack(z[0], 2, z[3], ds);
				for (int u = 0; u < units(); u++) {
					dReset[u] = ds[u] * fed[u];
					dFed[u] += ds[u] * z[1][u];
				}
			}
			for (int u = 0; u < units(); u++) {
				z[1][u] = dReset[u] * z[1][u] * (1 - z[1][u]);
			}
			addRecurrentBack(z[1], 0, fed, dFed);
			addRecurrentBack(z[2], 1, fed, dFed);
		}

	}

}
