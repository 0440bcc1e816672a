package io.unfold.task.tagging;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.unfold.data.Sequence;
import io.unfold.task.PredictRequest;
import io.unfold.task.Predicting;
import io.unfold.task.sequence.SequenceEncoder.Encoded;
import io.unfold.task.sequence.SequenceModel;
import io.unfold.task.sequence.SequenceRecords;
import io.unfold.task.sequence.TokenEncoder;
import org.jspecify.annotations.Nullable;

/** A trained tagger. */
public final class Tagger implements Predicting {

	private final List<String> tags;

	private final SequenceModel model;

	/**
	 * @param tags in the order of the network's outputs
	 */
	Tagger(List<String> tags, SequenceModel model) {
		this.tags = tags;
		this.model = model;
	}

	@Override
	public List<Prediction> predict(PredictRequest request) {
		request.requireOnly(Tagging.TYPE, Set.of("sequences"));
		List<Sequence> sequences = SequenceRecords.sequences(request);
		List<float[][]> answers = this.model.answer(sequences);
		List<Prediction> predictions = new ArrayList<>();
		for (int i = 0; i < answers.size(); i++) {
			predictions.add(prediction(answers.get(i), tokens(sequences.get(i))));
		}
		return predictions;
	}

	/** The tokens of a text, which a client has not seen. */
	private @Nullable List<String> tokens(Sequence sequence) {
		return (sequence instanceof Sequence.Text && this.model.encoder() instanceof TokenEncoder encoder)
				? TokenEncoder.tokens(encoder.tokenizer(), sequence, "/sequences") : null;
	}

	private Prediction prediction(float[][] answer, @Nullable List<String> tokens) {
		List<String> likeliest = new ArrayList<>(answer.length);
		double[] probabilities = new double[answer.length];
		for (int t = 0; t < answer.length; t++) {
			int tag = likeliest(answer[t]);
			likeliest.add(this.tags.get(tag));
			probabilities[t] = answer[t][tag];
		}
		return new Prediction(likeliest, probabilities, tokens);
	}

	/** Numbers of the likeliest tags of each sequence's steps; [sequence][step]. */
	List<int[]> likeliest(List<Encoded> sequences) {
		return this.model.run(sequences,
				(answer) -> IntStream.range(0, answer.length).map((t) -> likeliest(answer[t])).toArray());
	}

	private static int likeliest(float[] probabilities) {
		int best = 0;
		for (int k = 1; k < probabilities.length; k++) {
			best = (probabilities[k] > probabilities[best]) ? k : best;
		}
		return best;
	}

	/**
	 * @param tags the likeliest tag of each step
	 * @param probabilities of those tags
	 * @param tokens the steps, where the sequence was a text
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Prediction(List<String> tags, double[] probabilities, @Nullable List<String> tokens) {
	}

}
