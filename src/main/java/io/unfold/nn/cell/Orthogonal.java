package io.unfold.nn.cell;

/**
 * Makes the columns of a square matrix orthonormal, from left to right, by the
 * Gram-Schmidt process. Applied twice to each column, it is accurate to rounding (Giraud
 * et al. 2005, doi:10.1007/s00211-005-0615-4). A matrix of Gaussian numbers becomes a
 * uniformly random rotation or reflection, which keeps the lengths of states and
 * gradients over time (Saxe et al. 2014, arXiv:1312.6120).
 */
public final class Orthogonal {

	private Orthogonal() {
	}

	/**
	 * @param matrix [n, n], column-major
	 * @param n number of rows and columns
	 */
	public static void orthonormalize(float[] matrix, int n) {
		try (Floats q = Floats.copyOf(matrix); Floats v = Floats.allocate(n); Floats along = Floats.allocate(n)) {
			float[] column = new float[n];
			for (int j = 0; j < n; j++) {
				System.arraycopy(matrix, j * n, column, 0, n);
				normalize(column);
				v.put(0, column, 0, n);
				for (int pass = 0; j > 0 && pass < 2; pass++) {
					Blas.gemv(true, n, j, 1, q, 0, n, v, 0, 0, along, 0);
					Blas.gemv(false, n, j, -1, q, 0, n, along, 0, 1, v, 0);
				}
				v.get(0, column, 0, n);
				normalize(column);
				q.put((long) j * n, column, 0, n);
			}
			q.get(0, matrix, 0, matrix.length);
		}
	}

	private static void normalize(float[] column) {
		double squares = 0;
		for (float value : column) {
			squares += (double) value * value;
		}
		float scale = (float) (1 / Math.sqrt(squares));
		for (int i = 0; i < column.length; i++) {
			column[i] *= scale;
		}
	}

}
