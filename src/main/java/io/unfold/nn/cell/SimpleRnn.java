package io.unfold.nn.cell;

import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.problem.InvalidFieldException;

/**
 * The simple (Elman) cell: h_t = tanh(W x_t + U h_(t-1) + b) (Elman 1990,
 * doi:10.1207/s15516709cog1402_1).
 *
 * @param units size of h
 */
@JsonTypeName("simple")
public record SimpleRnn(int units) implements CellSpec {

	private static final CellShape SHAPE = new CellShape(1, 1, 1, 1);

	public SimpleRnn {
		InvalidFieldException.requireBetween("units", units, 1, MAX_UNITS);
	}

	@Override
	public CellShape shape() {
		return SHAPE;
	}

	@Override
	public CellKernel kernel(int inputs) {
		return new Kernel(inputs, this.units);
	}

	@Override
	public CellReference reference(int inputs) {
		return new Reference(inputs, this.units);
	}

	/** Blocks: h. */
	private static final class Kernel extends CellKernel {

		Kernel(int inputs, int units) {
			super(inputs, units, SHAPE, List.of(new Product(Product.STATE, 0, 1, 0)));
		}

		@Override
		void step() {
			Activations.tanh(this.z[0], this.size);
			System.arraycopy(this.z[0], 0, this.after[0], 0, this.size);
		}

		@Override
		void stepBack() {
			Arrays.fill(this.dBefore[0], 0);
			back(this.size, this.z[0], this.d[0]);
		}

		private static void back(int n, float[] h, float[] dh) {
			for (int k = 0; k < n; k++) {
				h[k] = dh[k] * (1f - h[k] * h[k]);
			}
		}

	}

	/** The formula as it stands. */
	private static final class Reference extends CellReference {

		Reference(int inputs, int units) {
			super(inputs, units, SHAPE);
		}

		@Override
		void step(double[][] z, double[] before, double[] after) {
			addRecurrent(before, 0, z[0]);
			for (int u = 0; u < units(); u++) {
				z[0][u] = Math.tanh(z[0][u]);
				after[u] = z[0][u];
			}
		}

		@Override
		void stepBack(double[][] z, double[] before, double[] d, double[] dBefore) {
			for (int u = 0; u < units(); u++) {
				z[0][u] = d[u] * (1 - z[0][u] * z[0][u]);
			}
			addRecurrentBack(z[0], 0, before, dBefore);
		}

	}

}
