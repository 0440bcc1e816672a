package io.unfold.nn.cell;

/** Scores that are products of key and query. */
final class ProductScores implements AttentionScores {

	@Override
	public void forward(Floats weights, RowSteps queries, RowSteps keys, int row, int length, Floats scores, long at) {
		int size = keys.features();
		Blas.gemm(true, false, length, queries.steps(), size, keys.memory(), keys.at(row), size, queries.memory(),
				queries.at(row), size, 0, scores, at, length);
	}

	@Override
	public void backward(Floats weights, RowSteps queries, RowSteps keys, int row, int length, Floats dScores, long at,
			RowSteps dQueries, RowSteps dKeys, Floats gradients) {
		int size = keys.features();
		Blas.gemm(false, false, size, queries.steps(), length, keys.memory(), keys.at(row), size, dScores, at, length,
				1, dQueries.memory(), dQueries.at(row), size);
		Blas.gemm(false, true, size, length, queries.steps(), queries.memory(), queries.at(row), size, dScores, at,
				length, 1, dKeys.memory(), dKeys.at(row), size);
	}

}
