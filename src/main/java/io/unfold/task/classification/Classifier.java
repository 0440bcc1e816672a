package io.unfold.task.classification;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.unfold.problem.InvalidRequestException;
import io.unfold.task.PredictRequest;
import io.unfold.task.Predicting;
import io.unfold.task.sequence.SequenceEncoder.Encoded;
import io.unfold.task.sequence.SequenceModel;
import io.unfold.task.sequence.SequenceRecords;

/** A trained classifier. */
public final class Classifier implements Predicting {

	private final List<String> labels;

	private final SequenceModel model;

	Classifier(List<String> labels, SequenceModel model) {
		this.labels = labels;
		this.model = model;
	}

	@Override
	public List<Prediction> predict(PredictRequest request) {
		request.requireOnly(Classification.TYPE, Set.of("sequences", "topK"));
		int topK = (request.topK() != null) ? request.topK() : this.labels.size();
		if (topK < 1) {
			throw new InvalidRequestException("/topK", "must be at least 1, but is " + topK);
		}
		return this.model.answer(SequenceRecords.sequences(request))
			.stream()
			.map((answer) -> prediction(answer[0], topK))
			.toList();
	}

	/** Probabilities of the labels for each sequence; [sequence][label]. */
	List<float[]> probabilities(List<Encoded> sequences) {
		return this.model.run(sequences, (answer) -> answer[0]);
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
