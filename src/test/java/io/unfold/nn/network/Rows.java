package io.unfold.nn.network;

/** Single rows of batches, without their padding. */
final class Rows {

	private Rows() {
	}

	/** A row of a batch for a network with that output. */
	static Batch of(Batch batch, Output output, int row) {
		int rows = batch.inputs().batch();
		int length = batch.inputs().lengths()[row];
		int answers = output.everyStep() ? length : 1;
		int[] lengths = { length };
		Sequences inputs = (batch.inputs() instanceof Sequences.Values values)
				? new Sequences.Values(values.features(), of(values.data(), rows, row, length * values.features()),
						lengths)
				: new Sequences.Tokens(of(((Sequences.Tokens) batch.inputs()).ids(), rows, row, length), lengths);
		Targets targets = (batch.targets() instanceof Targets.Values values)
				? new Targets.Values(of(values.data(), rows, row, answers * output.size()), values.washout())
				: new Targets.Classes(of(((Targets.Classes) batch.targets()).ids(), rows, row, answers));
		return new Batch(inputs, null, targets);
	}

	private static float[] of(float[] all, int rows, int row, int count) {
		float[] picked = new float[count];
		for (int i = 0; i < count; i++) {
			picked[i] = all[i * rows + row];
		}
		return picked;
	}

	private static int[] of(int[] all, int rows, int row, int count) {
		int[] picked = new int[count];
		for (int i = 0; i < count; i++) {
			picked[i] = all[i * rows + row];
		}
		return picked;
	}

}
