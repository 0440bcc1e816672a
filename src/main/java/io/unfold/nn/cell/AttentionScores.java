package io.unfold.nn.cell;

/** The scores of one row's keys for its queries, on the kernels. */
interface AttentionScores {

	/**
	 * @param length steps of the source
	 * @param scores receives them from {@code at} on; [steps of the decoder][length]
	 */
	void forward(Floats weights, RowSteps queries, RowSteps keys, int row, int length, Floats scores, long at);

	/**
	 * The gradients of {@link #forward}.
	 * @param dScores gradient of the scores
	 * @param dQueries that of the queries is added to it
	 * @param dKeys that of the keys is added to it
	 * @param gradients those of the parameters are added to them
	 */
	void backward(Floats weights, RowSteps queries, RowSteps keys, int row, int length, Floats dScores, long at,
			RowSteps dQueries, RowSteps dKeys, Floats gradients);

}
