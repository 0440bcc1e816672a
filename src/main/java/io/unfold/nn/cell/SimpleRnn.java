package io.unfold.nn.cell;

import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * The simple (Elman) cell: h_t = tanh(W x_t + U h_(t-1) + b) (Elman 1990,
 * doi:10.1207/s15516709cog1402_1).
 *
 * @param units size of h
 * @param recurrence how the state comes back; null: as it is, one step later
 */
@JsonTypeName("simple")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SimpleRnn(int units, @Nullable Recurrence recurrence) implements CellSpec {

	private static final CellShape SHAPE = new CellShape(1, 1, 1, 1);

	public SimpleRnn {
		InvalidFieldException.requireBetween("units", units, 1, MAX_UNITS);
	}

	/** With the plain recurrence. */
	@JsonCreator(mode = JsonCreator.Mode.DISABLED)
	public SimpleRnn(int units) {
		this(units, null);
	}

	@Override
	public CellShape shape() {
		return SHAPE;
	}

	@Override
	public CellKernel kernel(int inputs) {
		return new Kernel(inputs, this);
	}

	@Override
	public CellReference reference(int inputs) {
		return new Reference(inputs, this);
	}

	/** Blocks: h. */
	private static final class Kernel extends CellKernel {

		Kernel(int inputs, SimpleRnn cell) {
			super(inputs, cell, List.of(new Product(Product.STATE, 0, 1, 0)));
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

		Reference(int inputs, SimpleRnn cell) {
			super(inputs, cell);
		}

		@Override
		void step(double[][] z, double[] before, double[] fed, double[] after) {
			addRecurrent(fed, 0, z[0]);
			for (int u = 0; u < units(); u++) {
				z[0][u] = Math.tanh(z[0][u]);
				after[u] = z[0][u];
			}
		}

		@Override
		void stepBack(double[][] z, double[] before, double[] fed, double[] d, double[] dBefore, double[] dFed) {
			for (int u = 0; u < units(); u++) {
				z[0][u] = d[u] * (1 - z[0][u] * z[0][u]);
			}
			addRecurrentBack(z[0], 0, fed, dFed);
		}

	}

}
