package io.unfold.task.autoencoding;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.unfold.nn.network.AutoencoderNetwork;
import io.unfold.task.sequence.LengthBatches;
import io.unfold.task.sequence.NumberEncoder;
import io.unfold.task.sequence.SequenceEncoder;
import io.unfold.task.sequence.SequenceEncoder.Encoded;
import io.unfold.task.sequence.TokenEncoder;

/** An autoencoder, and the encoder of what it reads. */
record ReconstructionModel(SequenceEncoder encoder, AutoencoderNetwork network) {

	/**
	 * The code of each sequence.
	 * @return [sequence][code]
	 */
	List<float[]> codes(List<Encoded> sequences) {
		float[][] codes = new float[sequences.size()][];
		for (int[] rows : LengthBatches.of(sequences)) {
			float[] batch = encode(sequences, rows);
			int size = batch.length / rows.length;
			for (int i = 0; i < rows.length; i++) {
				codes[rows[i]] = new float[size];
				for (int k = 0; k < size; k++) {
					codes[rows[i]][k] = batch[k * rows.length + i];
				}
			}
		}
		return List.of(codes);
	}

	private float[] encode(List<Encoded> sequences, int[] rows) {
		return this.network.encode(this.encoder.batch(IntStream.of(rows).mapToObj(sequences::get).toList()));
	}

	/** Each sequence, reconstructed from its code. */
	List<Reconstruction> reconstructions(List<Encoded> sequences) {
		Reconstruction[] reconstructions = new Reconstruction[sequences.size()];
		for (int[] rows : LengthBatches.of(sequences)) {
			List<Comparison> comparisons = IntStream.of(rows).mapToObj((i) -> comparison(sequences.get(i))).toList();
			int[] lengths = IntStream.of(rows).map((i) -> sequences.get(i).steps()).toArray();
			this.network.decode(encode(sequences, rows), lengths, (back, answers) -> {
				for (int i = 0; i < rows.length; i++) {
					if (back < lengths[i]) {
						comparisons.get(i).step(lengths[i] - 1 - back, answers, i, rows.length);
					}
				}
			});
			for (int i = 0; i < rows.length; i++) {
				reconstructions[rows[i]] = comparisons.get(i).reconstruction();
			}
		}
		return List.of(reconstructions);
	}

	private static Comparison comparison(Encoded sequence) {
		return (sequence instanceof NumberEncoder.Numbers numbers) ? new NumberComparison(numbers.values())
				: new TokenComparison(((TokenEncoder.Ids) sequence).ids());
	}

	/** Compares a sequence with its reconstruction, step by step. */
	private interface Comparison {

		/**
		 * Takes in a step.
		 * @param answers [size][batch], of which {@code row} is the sequence's
		 */
		void step(int t, float[] answers, int row, int batch);

		Reconstruction reconstruction();

	}

	private static final class NumberComparison implements Comparison {

		private final float[][] truth;

		private final float[][] answer;

		private final double[] squares;

		NumberComparison(float[][] truth) {
			this.truth = truth;
			this.answer = new float[truth.length][truth[0].length];
			this.squares = new double[truth.length];
		}

		@Override
		public void step(int t, float[] answers, int row, int batch) {
			for (int k = 0; k < this.truth[t].length; k++) {
				this.answer[t][k] = answers[k * batch + row];
				double error = (double) this.truth[t][k] - this.answer[t][k];
				this.squares[t] += error * error / this.truth[t].length;
			}
		}

		@Override
		public Reconstruction reconstruction() {
			return Reconstruction.ofNumbers(new NumberEncoder.Numbers(this.answer), this.squares);
		}

	}

	private static final class TokenComparison implements Comparison {

		private final int[] truth;

		private final int[] likeliest;

		private final double[] logProbabilities;

		TokenComparison(int[] truth) {
			this.truth = truth;
			this.likeliest = new int[truth.length];
			this.logProbabilities = new double[truth.length];
		}

		@Override
		public void step(int t, float[] answers, int row, int batch) {
			int best = 0;
			for (int k = 1; k < answers.length / batch; k++) {
				best = (answers[k * batch + row] > answers[best * batch + row]) ? k : best;
			}
			this.likeliest[t] = best;
			this.logProbabilities[t] = answers[this.truth[t] * batch + row];
		}

		@Override
		public Reconstruction reconstruction() {
			return Reconstruction.ofTokens(new TokenEncoder.Ids(this.likeliest), this.logProbabilities);
		}

	}

	/** The errors of reconstructions. */
	static double[] errors(List<Reconstruction> reconstructions) {
		return reconstructions.stream().mapToDouble(Reconstruction::error).toArray();
	}

	/**
	 * The quantile of some values, between the two nearest in proportion (type 7 of
	 * Hyndman and Fan 1996, doi:10.2307/2684934), as NumPy and R have it.
	 * @param share from 0, the least, to 1, the greatest
	 */
	static double quantile(double[] values, double share) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		double position = share * (sorted.length - 1);
		int below = (int) position;
		int above = Math.min(below + 1, sorted.length - 1);
		return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
	}

}
