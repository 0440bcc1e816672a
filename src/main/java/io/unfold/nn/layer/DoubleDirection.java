package io.unfold.nn.layer;

import io.unfold.nn.cell.CellReference;
import io.unfold.nn.cell.CellReference.Parameters;
import io.unfold.nn.cell.Span;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A direction on the plain formulas, in double precision. */
final class DoubleDirection implements Direction {

	private final CellReference reference;

	private final int units;

	private final int stateSize;

	private final CellArrays parameters;

	DoubleDirection(CellReference reference, int units, int stateSize, CellArrays parameters) {
		this.reference = reference;
		this.units = units;
		this.stateSize = stateSize;
		this.parameters = parameters;
	}

	@Override
	public void dropOut(float @Nullable [] mask) {
		double[] values = null;
		if (mask != null) {
			values = new double[mask.length];
			for (int i = 0; i < values.length; i++) {
				values[i] = mask[i];
			}
		}
		this.reference.dropOut(values);
	}

	@Override
	public void forward(INDArray x, INDArray out, int from, Span span, @Nullable INDArray initial, boolean keep) {
		double[] h = this.reference.forward(values(this.parameters), values(x), span,
				(initial != null) ? values(initial) : null);
		double[] all = values(out);
		int block = this.units * span.batch();
		int stride = (int) out.size(1) * span.batch();
		for (int t = 0; t < span.steps(); t++) {
			System.arraycopy(h, t * block, all, t * stride + from * span.batch(), block);
		}
		set(out, all);
	}

	@Override
	public float[] finalState() {
		double[] state = this.reference.finalState();
		float[] values = new float[state.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = (float) state[i];
		}
		return values;
	}

	@Override
	public void backward(CellArrays gradients, INDArray x, INDArray dOut, int from, @Nullable INDArray dx,
			boolean addToDx, @Nullable INDArray dInitial, Span span) {
		double[] all = values(dOut);
		int block = this.units * span.batch();
		int stride = (int) dOut.size(1) * span.batch();
		double[] dh = new double[block * span.steps()];
		for (int t = 0; t < span.steps(); t++) {
			System.arraycopy(all, t * stride + from * span.batch(), dh, t * block, block);
		}
		Parameters found = new Parameters(new double[(int) gradients.w().length()],
				new double[(int) gradients.r().length()], new double[(int) gradients.b().length()]);
		double[] first = new double[this.stateSize * span.batch()];
		double[] back = this.reference.backward(values(this.parameters), found, values(x), dh, span, first);
		set(gradients.w(), found.w());
		set(gradients.r(), found.r());
		set(gradients.b(), found.b());
		if (dx != null) {
			double[] before = values(dx);
			for (int i = 0; addToDx && i < back.length; i++) {
				back[i] += before[i];
			}
			set(dx, back);
		}
		if (dInitial != null) {
			set(dInitial, first);
		}
	}

	private static Parameters values(CellArrays arrays) {
		return new Parameters(values(arrays.w()), values(arrays.r()), values(arrays.b()));
	}

	private static double[] values(INDArray array) {
		return array.dup('f').data().asDouble();
	}

	/** Element by element: the array is in 'f' order, and may be part of a larger one. */
	private static void set(INDArray array, double[] values) {
		for (int i = 0; i < values.length; i++) {
			array.data().put(i, values[i]);
		}
	}

	@Override
	public void close() {
		// all of it is on the heap
	}

}
