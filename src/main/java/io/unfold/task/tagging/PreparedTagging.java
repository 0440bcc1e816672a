package io.unfold.task.tagging;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.unfold.data.Codecs;
import io.unfold.data.Packing;
import io.unfold.data.SpillingList;
import io.unfold.nn.network.Architecture;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.Output;
import io.unfold.nn.network.SequenceArchitecture;
import io.unfold.nn.network.SequenceNetwork;
import io.unfold.nn.network.StackSpec;
import io.unfold.nn.network.Targets;
import io.unfold.task.ClassWeights;
import io.unfold.task.Evaluation;
import io.unfold.task.Examples;
import io.unfold.task.PreparedTask;
import io.unfold.task.sequence.Answers;
import io.unfold.task.sequence.EncodedSequences;
import io.unfold.task.sequence.SequenceEncoder;
import io.unfold.task.sequence.SequenceModel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Examples and the numbers of their tags.
 *
 * @param names the tags, in the order of the network's outputs
 * @param tags of the examples' steps, as numbers; [example][step]
 * @param weights of the tags in the loss; empty: each 1
 */
record PreparedTagging(StackSpec stack, EncodedSequences sequences, List<String> names, List<int[]> tags,
		List<Double> weights) implements PreparedTask<SequenceNetwork>, Answers {

	static PreparedTagging of(StackSpec stack, EncodedSequences sequences, List<String> names, List<List<String>> tags,
			Path scratch) {
		Map<String, Integer> ids = new HashMap<>();
		names.forEach((name) -> ids.put(name, ids.size()));
		List<int[]> numbers = new SpillingList<>(scratch, Codecs.IDS);
		tags.forEach((steps) -> numbers.add(steps.stream().mapToInt(ids::get).toArray()));
		return new PreparedTagging(stack, sequences, names, numbers, List.of());
	}

	@Override
	public NetworkSpec network() {
		return this.stack;
	}

	@Override
	public Architecture<SequenceNetwork> architecture() {
		return fitted().architecture(this.stack, this.weights);
	}

	@Override
	public Fitted fitted() {
		return new Fitted(this.sequences.encoder(), this.names);
	}

	@Override
	public Examples training() {
		return this.sequences.training(this);
	}

	@Override
	public Examples validation() {
		return this.sequences.validation(this);
	}

	@Override
	public PreparedTask<SequenceNetwork> weighted(ClassWeights classWeights) {
		if (this.stack.readout() != null) {
			throw ClassWeights.refusedByReservoirs();
		}
		long[] counts = new long[this.names.size()];
		for (int i : this.sequences.parts().training()) {
			for (int tag : this.tags.get(i)) {
				counts[tag]++;
			}
		}
		return new PreparedTagging(this.stack, this.sequences, this.names, this.tags,
				classWeights.of(this.names, counts));
	}

	@Override
	public int count(int sequence) {
		return this.sequences.steps()[sequence];
	}

	@Override
	public Targets targets(int... sequences) {
		return new Targets.Classes(Packing.ids(IntStream.of(sequences).mapToObj(this.tags::get).toList()));
	}

	/**
	 * Skill is by F1 where the tags mark spans, as most steps are easily right there, and
	 * by accuracy otherwise.
	 */
	@Override
	public Evaluation evaluate(SequenceNetwork network) {
		List<int[]> answers = fitted().tagger(network).likeliest(this.sequences.evaluation());
		CommonTags common = new CommonTags(this.sequences, this.tags, this.names.size());
		Judgement model = judge(answers);
		Judgement naive = judge(this.sequences.evaluation().stream().map(common::answer).toList());
		return Evaluation.of(this.sequences.parts().evaluationName(), answers.size(), model.metrics(),
				new Evaluation.Baseline("most frequent tag of each token", naive.metrics()), model.error(),
				naive.error());
	}

	/**
	 * @param answers tags of the held-out sequences' steps
	 */
	private Judgement judge(List<int[]> answers) {
		boolean spansAreMarked = Span.areMarkedBy(this.names);
		int[] heldOut = this.sequences.parts().evaluation();
		SpanCounts spans = new SpanCounts();
		long steps = 0;
		long right = 0;
		for (int i = 0; i < heldOut.length; i++) {
			int[] truth = this.tags.get(heldOut[i]);
			int[] answer = answers.get(i);
			steps += truth.length;
			right += IntStream.range(0, truth.length).filter((t) -> truth[t] == answer[t]).count();
			if (spansAreMarked) {
				spans.add(names(truth), names(answer));
			}
		}
		Map<String, Double> metrics = new LinkedHashMap<>();
		double accuracy = (double) right / steps;
		metrics.put("accuracy", accuracy);
		if (spansAreMarked) {
			metrics.putAll(spans.metrics());
		}
		return new Judgement(metrics, 1 - (spans.any() ? spans.f1() : accuracy));
	}

	private List<String> names(int[] tags) {
		return Arrays.stream(tags).mapToObj(this.names::get).toList();
	}

	/**
	 * @param error that the skill is made of
	 */
	private record Judgement(Map<String, Double> metrics, double error) {
	}

	/**
	 * What is fitted to the training part.
	 *
	 * @param tags in the order of the network's outputs
	 */
	record Fitted(SequenceEncoder encoder, List<String> tags) {

		static Fitted read(JsonNode fitted) {
			return JsonMapper.shared().treeToValue(fitted, Fitted.class);
		}

		SequenceArchitecture architecture(StackSpec stack) {
			return architecture(stack, List.of());
		}

		SequenceArchitecture architecture(StackSpec stack, List<Double> weights) {
			Output output = weights.isEmpty() ? output() : output().weighing(weights);
			return new SequenceArchitecture(this.encoder.input(), stack, output);
		}

		Tagger tagger(SequenceNetwork network) {
			return new Tagger(this.tags, new SequenceModel(this.encoder, output(), network));
		}

		private Output output() {
			return new Output(Output.Kind.CLASSES, this.tags.size(), true);
		}

	}

}
