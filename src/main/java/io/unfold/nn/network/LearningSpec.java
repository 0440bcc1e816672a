package io.unfold.nn.network;

/**
 * How a network learns.
 *
 * @param optimizer how gradients become steps
 * @param clipping bounds on the gradient
 * @param threads over which a mini-batch's rows are divided; the gradients are added in
 * the order of the rows, so that results are equal bit for bit for equal threads
 * @param labelSmoothing share of the probability of the right class that is spread over
 * all classes in training; 0 where the answers are values
 * @param seed of the initial parameters and of dropout
 */
public record LearningSpec(OptimizerSpec optimizer, GradientClipping clipping, int threads, double labelSmoothing,
		long seed) {

	/** Without label smoothing. */
	public LearningSpec(OptimizerSpec optimizer, GradientClipping clipping, int threads, long seed) {
		this(optimizer, clipping, threads, 0, seed);
	}

}
