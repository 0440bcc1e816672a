package io.unfold.data;

import java.util.List;

/**
 * The arrays of a batch of sequences of unequal lengths: time slowest, rows fastest, 0 in
 * the padding behind the end of a row.
 */
public final class Packing {

	private Packing() {
	}

	/**
	 * Steps of numbers.
	 * @param rows each [steps][features]
	 * @return [time][features][batch]
	 */
	public static float[] values(List<float[][]> rows) {
		int batch = rows.size();
		int features = rows.get(0)[0].length;
		int steps = rows.stream().mapToInt((row) -> row.length).max().orElse(0);
		float[] packed = new float[Math.multiplyExact(Math.multiplyExact(steps, features), batch)];
		for (int b = 0; b < batch; b++) {
			float[][] row = rows.get(b);
			for (int t = 0; t < row.length; t++) {
				for (int f = 0; f < features; f++) {
					packed[(t * features + f) * batch + b] = row[t][f];
				}
			}
		}
		return packed;
	}

	/**
	 * Steps of tokens.
	 * @param rows each [steps]
	 * @return [time][batch]
	 */
	public static int[] ids(List<int[]> rows) {
		int batch = rows.size();
		int steps = rows.stream().mapToInt((row) -> row.length).max().orElse(0);
		int[] packed = new int[Math.multiplyExact(steps, batch)];
		for (int b = 0; b < batch; b++) {
			int[] row = rows.get(b);
			for (int t = 0; t < row.length; t++) {
				packed[t * batch + b] = row[t];
			}
		}
		return packed;
	}

}
