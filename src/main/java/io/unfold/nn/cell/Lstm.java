package io.unfold.nn.cell;

import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * Long short-term memory with a forget gate and no peepholes (Hochreiter and Schmidhuber
 * 1997, doi:10.1162/neco.1997.9.8.1735; Gers et al. 2000): i, f, o = sigmoid(W x_t + U
 * h_(t-1) + b), g = tanh(W x_t + U h_(t-1) + b), c_t = f * c_(t-1) + i * g, h_t = o *
 * tanh(c_t). The forget gate's bias begins at 1. Columns of W, R and b: i, f, o, g.
 *
 * @param units size of h and of c
 * @param recurrence how the state comes back; null: as it is, one step later
 */
@JsonTypeName("lstm")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Lstm(int units, @Nullable Recurrence recurrence) implements CellSpec {

	private static final CellShape SHAPE = new CellShape(4, 4, 2, 5);

	private static final int FORGET = 1;

	public Lstm {
		InvalidFieldException.requireBetween("units", units, 1, MAX_UNITS);
	}

	/** With the plain recurrence. */
	@JsonCreator(mode = JsonCreator.Mode.DISABLED)
	public Lstm(int units) {
		this(units, null);
	}

	@Override
	public CellShape shape() {
		return SHAPE;
	}

	@Override
	public float initialBias(int block) {
		return (block == FORGET) ? 1 : 0;
	}

	@Override
	public CellKernel kernel(int inputs) {
		return new Kernel(inputs, this);
	}

	@Override
	public CellReference reference(int inputs) {
		return new Reference(inputs, this);
	}

	/** Blocks: i, f, o, g, tanh c. */
	private static final class Kernel extends CellKernel {

		Kernel(int inputs, Lstm cell) {
			super(inputs, cell, List.of(new Product(Product.STATE, 0, 4, 0)));
		}

		@Override
		void step() {
			int n = this.size;
			float[] i = this.z[0];
			float[] f = this.z[1];
			float[] o = this.z[2];
			float[] g = this.z[3];
			float[] tanhC = this.z[4];
			Activations.sigmoid(i, n);
			Activations.sigmoid(f, n);
			Activations.sigmoid(o, n);
			Activations.tanh(g, n);
			state(n, i, f, g, this.before[1], this.after[1]);
			System.arraycopy(this.after[1], 0, tanhC, 0, n);
			Activations.tanh(tanhC, n);
			output(n, o, tanhC, this.after[0]);
		}

		private static void state(int n, float[] i, float[] f, float[] g, float[] before, float[] c) {
			for (int k = 0; k < n; k++) {
				c[k] = f[k] * before[k] + i[k] * g[k];
			}
		}

		private static void output(int n, float[] o, float[] tanhC, float[] h) {
			for (int k = 0; k < n; k++) {
				h[k] = o[k] * tanhC[k];
			}
		}

		@Override
		void stepBack() {
			Arrays.fill(this.dBefore[0], 0);
			outputBack(this.size, this.z[2], this.z[4], this.d[0], this.d[1], this.dBefore[1]);
			stateBack(this.size, this.z[0], this.z[1], this.z[3], this.before[1], this.dBefore[1]);
		}

		/** o becomes its gradient; dc is all of the gradient of c. */
		private static void outputBack(int n, float[] o, float[] tanhC, float[] dh, float[] dcAfter, float[] dc) {
			for (int k = 0; k < n; k++) {
				float through = dh[k] * o[k];
				dc[k] = dcAfter[k] + through * (1f - tanhC[k] * tanhC[k]);
				o[k] = through * tanhC[k] * (1f - o[k]);
			}
		}

		/** i, f and g become their gradients, dc that of c before the step. */
		private static void stateBack(int n, float[] i, float[] f, float[] g, float[] before, float[] dc) {
			for (int k = 0; k < n; k++) {
				float di = dc[k] * g[k] * i[k] * (1f - i[k]);
				float dg = dc[k] * i[k] * (1f - g[k] * g[k]);
				float through = dc[k] * f[k];
				f[k] = through * before[k] * (1f - f[k]);
				i[k] = di;
				g[k] = dg;
				dc[k] = through;
			}
		}

	}

	/** The formulas as they stand. */
	private static final class Reference extends CellReference {

		Reference(int inputs, Lstm cell) {
			super(inputs, cell);
		}

		@Override
		void step(double[][] z, double[] before, double[] fed, double[] after) {
			int n = units();
			addRecurrent(fed, 0, z[0]);
			addRecurrent(fed, 1, z[1]);
			addRecurrent(fed, 2, z[2]);
			addRecurrent(fed, 3, z[3]);
			for (int u = 0; u < n; u++) {
				z[0][u] = sigmoid(z[0][u]);
				z[1][u] = sigmoid(z[1][u]);
				z[2][u] = sigmoid(z[2][u]);
				z[3][u] = Math.tanh(z[3][u]);
				after[n + u] = z[1][u] * before[n + u] + z[0][u] * z[3][u];
				z[4][u] = Math.tanh(after[n + u]);
				after[u] = z[2][u] * z[4][u];
			}
		}

		@Override
		void stepBack(double[][] z, double[] before, double[] fed, double[] d, double[] dBefore, double[] dFed) {
			int n = units();
			for (int u = 0; u < n; u++) {
				double i = z[0][u];
				double f = z[1][u];
				double o = z[2][u];
				double g = z[3][u];
				double tanhC = z[4][u];
				double dc = d[n + u] + d[u] * o * (1 - tanhC * tanhC);
				z[0][u] = dc * g * i * (1 - i);
				z[1][u] = dc * before[n + u] * f * (1 - f);
				z[2][u] = d[u] * tanhC * o * (1 - o);
				z[3][u] = dc * i * (1 - g * g);
				dBefore[n + u] += dc * f;
			}
			for (int k = 0; k < 4; k++) {
				addRecurrentBack(z[k], k, fed, dFed);
			}
		}

	}

}
