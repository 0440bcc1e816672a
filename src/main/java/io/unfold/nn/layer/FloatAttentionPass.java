package io.unfold.nn.layer;

import io.unfold.nn.cell.AttentionKernel;
import io.unfold.nn.cell.AttentionShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Attention on the fast kernel. */
final class FloatAttentionPass implements AttentionPass {

	private final AttentionKernel kernel;

	FloatAttentionPass(AttentionShape shape) {
		this.kernel = new AttentionKernel(shape);
	}

	@Override
	public void forward(INDArray parameters, INDArray h, INDArray source, int[] lengths, INDArray out) {
		this.kernel.forward(NativeArrays.floats(parameters), NativeArrays.steps(h, 0), (int) h.size(2),
				NativeArrays.steps(source, 0), (int) source.size(2), lengths, NativeArrays.steps(out, 0));
	}

	@Override
	public void backward(INDArray parameters, INDArray dOut, INDArray gradients, INDArray dH, INDArray dSource) {
		this.kernel.backward(NativeArrays.floats(parameters), NativeArrays.steps(dOut, 0),
				NativeArrays.floats(gradients), NativeArrays.steps(dH, 0), NativeArrays.steps(dSource, 0));
	}

	@Override
	public void close() {
		this.kernel.close();
	}

}
