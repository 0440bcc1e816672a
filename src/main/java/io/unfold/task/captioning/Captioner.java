package io.unfold.task.captioning;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.unfold.nn.decoding.BeamSearch;
import io.unfold.nn.decoding.Hypothesis;
import io.unfold.nn.decoding.Likelihood;
import io.unfold.nn.decoding.Search;
import io.unfold.nn.network.ConditionedDecoderNetwork;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.State;
import io.unfold.task.PredictRequest;
import io.unfold.task.TrainedTask;
import io.unfold.task.sequence.LengthBatches;
import io.unfold.task.sequence.NumberEncoder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A trained captioning model. */
public final class Captioner implements TrainedTask {

	private final PreparedCaptioning.Fitted fitted;

	private final ConditionedDecoderNetwork network;

	Captioner(PreparedCaptioning.Fitted fitted, ConditionedDecoderNetwork network) {
		this.fitted = fitted;
		this.network = network;
	}

	/**
	 * Captions of each feature vector, best first: as many as the beam found.
	 * @param features a list of lists of numbers
	 * @param beamWidth 1 is greedy search
	 * @param maxLength tokens of an answer at most; null takes the model's limit
	 * @throws io.unfold.problem.InvalidRequestException with pointers {@code /features/i}
	 */
	public List<List<Caption>> caption(@Nullable JsonNode features, int beamWidth, @Nullable Integer maxLength) {
		List<NumberEncoder.Numbers> encoded = new ArrayList<>();
		for (JsonNode vector : PredictRequest.list(features, "/features", "feature vectors")) {
			String pointer = "/features/" + encoded.size();
			encoded.add(this.fitted.features().encode(FeatureVector.parse(vector, pointer), pointer));
		}
		return write(encoded, beamWidth, (maxLength != null) ? maxLength : this.fitted.maxLength());
	}

	List<List<Caption>> write(List<NumberEncoder.Numbers> features, int beamWidth, int maxLength) {
		Search search = new BeamSearch(this.fitted.markers(), beamWidth);
		List<List<Caption>> captions = new ArrayList<>();
		// all have one step, and stay in their order
		for (int[] rows : LengthBatches.of(features)) {
			search.search(this.network, start(features, rows), maxLength)
				.forEach((found) -> captions.add(found.stream().map(this::caption).toList()));
		}
		return captions;
	}

	private Caption caption(Hypothesis hypothesis) {
		List<String> tokens = hypothesis.tokens().stream().map(this.fitted.text().vocabulary()::token).toList();
		return new Caption(this.fitted.text().tokenizer().join(tokens), hypothesis.score());
	}

	/**
	 * exp of the mean negative log-likelihood per token, ends counted, each token given
	 * the true ones before it.
	 */
	double perplexity(CaptionExamples examples) {
		double total = 0;
		long tokens = 0;
		for (int[] rows : LengthBatches.of(examples.features())) {
			List<int[]> texts = IntStream.of(rows).mapToObj(examples.captions().texts().ids()::get).toList();
			total += new Likelihood(this.fitted.markers()).logProbability(this.network,
					start(examples.features(), rows), texts);
			tokens += texts.stream().mapToLong((text) -> text.length + 1).sum();
		}
		return Math.exp(-total / tokens);
	}

	private State start(List<NumberEncoder.Numbers> features, int[] rows) {
		Sequences.Values batch = NumberEncoder
			.pack(IntStream.of(rows).mapToObj((i) -> features.get(i).values()).toList());
		return this.network.start(batch.data(), rows.length);
	}

	/**
	 * @param score mean log-probability per token, in nats
	 */
	public record Caption(String text, double score) {
	}

}
