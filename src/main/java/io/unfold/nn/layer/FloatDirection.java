package io.unfold.nn.layer;

import io.unfold.nn.cell.CellKernel;
import io.unfold.nn.cell.Span;
import io.unfold.nn.cell.Weights;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A direction on the fast kernels. */
final class FloatDirection implements Direction {

	private final CellKernel kernel;

	private final Weights weights;

	FloatDirection(CellKernel kernel, CellArrays parameters) {
		this.kernel = kernel;
		this.weights = parameters.weights();
	}

	@Override
	public void dropOut(float @Nullable [] mask) {
		this.kernel.dropOut(mask);
	}

	@Override
	public void forward(INDArray x, INDArray out, int from, Span span, @Nullable INDArray initial, boolean keep) {
		this.kernel.forward(this.weights, NativeArrays.steps(x, 0), NativeArrays.steps(out, from), span,
				(initial != null) ? NativeArrays.floats(initial) : null, keep);
	}

	@Override
	public float[] finalState() {
		return this.kernel.finalState();
	}

	@Override
	public void backward(CellArrays gradients, INDArray x, INDArray dOut, int from, @Nullable INDArray dx,
			boolean addToDx, @Nullable INDArray dInitial, Span span) {
		this.kernel.backward(this.weights, gradients.weights(), NativeArrays.steps(x, 0),
				NativeArrays.steps(dOut, from), (dx != null) ? NativeArrays.steps(dx, 0) : null, addToDx,
				(dInitial != null) ? NativeArrays.floats(dInitial) : null, span);
	}

	@Override
	public void close() {
		this.kernel.close();
	}

}
