package io.unfold.nn.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The arithmetic of attention, which keeps its last pass; arrays in 'f' order. */
interface AttentionPass extends AutoCloseable {

	/**
	 * @param parameters all, as one vector
	 * @param h the decoder's outputs, [batch, decoder, time]
	 * @param source the encoder's, [batch, encoder, time]
	 * @param lengths steps of each row's source
	 * @param out receives the answers, [batch, outputs, time]
	 */
	void forward(INDArray parameters, INDArray h, INDArray source, int[] lengths, INDArray out);

	/**
	 * The gradients of the last pass.
	 * @param gradients receives those of the parameters
	 */
	void backward(INDArray parameters, INDArray dOut, INDArray gradients, INDArray dH, INDArray dSource);

	@Override
	void close();

}
