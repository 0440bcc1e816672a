package io.unfold.task.classification;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.unfold.nn.network.SequenceNetwork;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.PredictRequest;
import io.unfold.task.Predicting;
import io.unfold.task.sequence.LengthBatches;
import io.unfold.task.sequence.SequenceEncoder;
import io.unfold.task.sequence.SequenceEncoder.Encoded;
import io.unfold.task.sequence.SequenceRecords;
import tools.jackson.databind.JsonNode;

/** A trained classifier. */
public final class Classifier implements Predicting {

	private final SequenceEncoder encoder;

	private final List<String> labels;

	private final SequenceNetwork network;

	Classifier(SequenceEncoder encoder, List<String> labels, SequenceNetwork network) {
		this.encoder = encoder;
		this.labels = labels;
		this.network = network;
	}

	@Override
	public List<Prediction> predict(PredictRequest request) {
		request.requireOnly(Classification.TYPE, Set.of("sequences", "topK"));
		int topK = (request.topK() != null) ? request.topK() : this.labels.size();
		if (topK < 1) {
			throw new InvalidRequestException("/topK", "must be at least 1, but is " + topK);
		}
		List<Encoded> encoded = new ArrayList<>();
		for (JsonNode sequence : PredictRequest.list(request.sequences(), "/sequences", "sequences")) {
			String pointer = "/sequences/" + encoded.size();
			encoded.add(this.encoder.encode(SequenceRecords.parse(sequence, pointer), pointer));
		}
		List<Prediction> predictions = new ArrayList<>();
		for (float[] probabilities : probabilities(encoded)) {
			predictions.add(prediction(probabilities, topK));
		}
		return predictions;
	}

	/** Probabilities of the labels for each sequence; [sequence][label]. */
	float[][] probabilities(List<Encoded> sequences) {
		float[][] probabilities = new float[sequences.size()][this.labels.size()];
		for (int[] rows : LengthBatches.of(sequences)) {
			float[] outputs = this.network
				.run(this.encoder.batch(IntStream.of(rows).mapToObj(sequences::get).toList()),
						this.network.initialState(rows.length))
				.outputs();
			for (int i = 0; i < rows.length; i++) {
				for (int c = 0; c < this.labels.size(); c++) {
					probabilities[rows[i]][c] = outputs[c * rows.length + i];
				}
			}
		}
		return probabilities;
	}

	static int likeliest(float[] probabilities) {
		return IntStream.range(0, probabilities.length)
			.reduce(0, (best, c) -> (probabilities[c] > probabilities[best]) ? c : best);
	}

	private Prediction prediction(float[] probabilities, int topK) {
		Map<String, Double> best = new LinkedHashMap<>();
		IntStream.range(0, probabilities.length)
			.boxed()
			.sorted(Comparator.comparingDouble((Integer c) -> probabilities[c]).reversed())
			.limit(topK)
			.forEach((c) -> best.put(this.labels.get(c), (double) probabilities[c]));
		Map.Entry<String, Double> first = best.entrySet().iterator().next();
		return new Prediction(first.getKey(), first.getValue(), best);
	}

	/**
	 * @param label the likeliest label
	 * @param probability of that label
	 * @param probabilities by label, the likeliest first
	 */
	public record Prediction(String label, double probability, Map<String, Double> probabilities) {
	}

}
