package io.unfold.task.sequence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
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
		return run(sequences, (answer) -> answer);
	}

	/**
	 * The same, of which only what is made of each answer is kept.
	 * @param kept of an answer, [step][output]
	 */
	public <T> List<T> run(List<Encoded> sequences, Function<float[][], T> kept) {
		Map<Integer, T> answers = new HashMap<>();
		for (int[] rows : LengthBatches.of(sequences)) {
			List<Encoded> batch = IntStream.of(rows).mapToObj(sequences::get).toList();
			float[] outputs = this.network.run(this.encoder.batch(batch), this.network.initialState(rows.length))
				.outputs();
			for (int i = 0; i < rows.length; i++) {
				int steps = this.output.everyStep() ? batch.get(i).steps() : 1;
				answers.put(rows[i], kept.apply(row(outputs, i, rows.length, steps)));
			}
		}
		return IntStream.range(0, sequences.size()).mapToObj(answers::get).map(Objects::requireNonNull).toList();
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
