package io.unfold.nn.layer;

import io.unfold.nn.cell.AttentionReference;
import io.unfold.nn.cell.AttentionShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Attention on the plain formulas, in double precision. */
final class DoubleAttentionPass implements AttentionPass {

	private final AttentionReference reference;

	DoubleAttentionPass(AttentionShape shape) {
		this.reference = new AttentionReference(shape);
	}

	@Override
	public void forward(INDArray parameters, INDArray h, INDArray source, int[] lengths, INDArray out) {
		set(out, this.reference.forward(values(parameters), values(h), values(source), lengths));
	}

	@Override
	public void backward(INDArray parameters, INDArray dOut, INDArray gradients, INDArray dH, INDArray dSource) {
		double[] found = new double[(int) gradients.length()];
		double[] back = new double[(int) dH.length()];
		double[] backToSource = new double[(int) dSource.length()];
		this.reference.backward(values(dOut), found, back, backToSource);
		set(gradients, found);
		set(dH, back);
		set(dSource, backToSource);
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
