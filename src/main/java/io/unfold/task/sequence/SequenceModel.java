package io.unfold.task.sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.unfold.data.Sequence;
import io.unfold.nn.network.Output;
import io.unfold.nn.network.SequenceNetwork;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.sequence.SequenceEncoder.Encoded;

/**
 * A network that answers sequences, and the encoder of what it reads.
 *
 * @param output what the network answers
 */
public record SequenceModel(SequenceEncoder encoder, Output output, SequenceNetwork network) {

	/**
	 * Answers the sequences of a request.
	 * @return [sequence][step][output]; one step where the network answers once
	 * @throws InvalidRequestException with pointers into the request
	 */
	public List<float[][]> answer(List<Sequence> sequences) {
		List<Encoded> encoded = new ArrayList<>();
		for (Sequence sequence : sequences) {
			encoded.add(this.encoder.encode(sequence, "/sequences/" + encoded.size()));
		}
		List<float[][]> answers = run(encoded);
		for (int i = 0; i < answers.size(); i++) {
			requireFinite(answers.get(i), "/sequences/" + i);
		}
		return answers;
	}

	private static void requireFinite(float[][] answer, String pointer) {
		for (float[] step : answer) {
			for (float value : step) {
				if (!Float.isFinite(value)) {
					throw new InvalidRequestException(pointer,
							"leads to no finite answer: its numbers are too far from those that the model was trained on");
				}
			}
		}
	}

	/**
	 * Answers sequences that are encoded.
	 * @return [sequence][step][output]; one step where the network answers once
	 */
	public List<float[][]> run(List<Encoded> sequences) {
		float[][][] answers = new float[sequences.size()][][];
		for (int[] rows : LengthBatches.of(sequences)) {
			float[] outputs = this.network
				.run(this.encoder.batch(IntStream.of(rows).mapToObj(sequences::get).toList()),
						this.network.initialState(rows.length))
				.outputs();
			for (int i = 0; i < rows.length; i++) {
				int steps = this.output.everyStep() ? sequences.get(rows[i]).steps() : 1;
				answers[rows[i]] = row(outputs, i, rows.length, steps);
			}
		}
		return List.of(answers);
	}

	/**
	 * A row of a batch.
	 * @param outputs [time][output][batch]
	 * @return [steps][output]
	 */
	private float[][] row(float[] outputs, int row, int batch, int steps) {
		float[][] answer = new float[steps][this.output.size()];
		for (int t = 0; t < steps; t++) {
			for (int k = 0; k < answer[t].length; k++) {
				answer[t][k] = outputs[(t * answer[t].length + k) * batch + row];
			}
		}
		return answer;
	}

}
