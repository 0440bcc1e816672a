package io.unfold.task.classification;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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
 * Examples and the numbers of their labels.
 *
 * @param classes the labels, in the order of the network's outputs
 * @param labels of the examples, as numbers
 * @param weights of the classes in the loss; empty: each 1
 */
record PreparedClassification(StackSpec stack, EncodedSequences sequences, List<String> classes, int[] labels,
		List<Double> weights) implements PreparedTask<SequenceNetwork>, Answers {

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
		return new Fitted(this.sequences.encoder(), this.classes);
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
		return new PreparedClassification(this.stack, this.sequences, this.classes, this.labels,
				classWeights.of(this.classes, counts()));
	}

	@Override
	public int count(int sequence) {
		return 1;
	}

	@Override
	public Targets targets(int... sequences) {
		return new Targets.Classes(IntStream.of(sequences).map((i) -> this.labels[i]).toArray());
	}

	@Override
	public Evaluation evaluate(SequenceNetwork network) {
		int[] heldOut = this.sequences.parts().evaluation();
		List<float[]> probabilities = fitted().classifier(network).probabilities(this.sequences.evaluation());
		int classes = this.classes.size();
		ConfusionMatrix model = new ConfusionMatrix(classes);
		ConfusionMatrix naive = new ConfusionMatrix(classes);
		int majority = majority();
		double crossEntropy = 0;
		for (int i = 0; i < heldOut.length; i++) {
			int truth = this.labels[heldOut[i]];
			model.add(truth, Classifier.likeliest(probabilities.get(i)));
			naive.add(truth, majority);
			crossEntropy -= Math.log(Math.max(probabilities.get(i)[truth], 1e-12)) / heldOut.length;
		}
		Map<String, Double> metrics = new LinkedHashMap<>(model.metrics());
		metrics.put("crossEntropy", crossEntropy);
		return Evaluation.of(this.sequences.parts().evaluationName(), heldOut.length, metrics,
				new Evaluation.Baseline("majority label", naive.metrics()), 1 - model.accuracy(), 1 - naive.accuracy());
	}

	/** How often each label occurs in the training part. */
	private long[] counts() {
		long[] counts = new long[this.classes.size()];
		for (int i : this.sequences.parts().training()) {
			counts[this.labels[i]]++;
		}
		return counts;
	}

	private int majority() {
		long[] counts = counts();
		long max = Arrays.stream(counts).max().orElse(0);
		return IntStream.range(0, counts.length).filter((i) -> counts[i] == max).findFirst().orElse(0);
	}

	/**
	 * What is fitted to the training part.
	 *
	 * @param labels in the order of the network's outputs
	 */
	record Fitted(SequenceEncoder encoder, List<String> labels) {

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

		Classifier classifier(SequenceNetwork network) {
			return new Classifier(this.labels, new SequenceModel(this.encoder, output(), network));
		}

		private Output output() {
			return new Output(Output.Kind.CLASSES, this.labels.size(), false);
		}

	}

}
