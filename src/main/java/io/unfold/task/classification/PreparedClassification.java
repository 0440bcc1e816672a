package io.unfold.task.classification;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.unfold.nn.network.Architecture;
import io.unfold.nn.network.Batch;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.Output;
import io.unfold.nn.network.SequenceArchitecture;
import io.unfold.nn.network.SequenceNetwork;
import io.unfold.nn.network.StackSpec;
import io.unfold.nn.network.Targets;
import io.unfold.nn.network.Tensors;
import io.unfold.task.Evaluation;
import io.unfold.task.Examples;
import io.unfold.task.PreparedTask;
import io.unfold.task.Split;
import io.unfold.task.sequence.SequenceEncoder;
import io.unfold.task.sequence.SequenceEncoder.Encoded;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Examples and the numbers of their labels.
 */
record PreparedClassification(StackSpec stack, Fitted fitted, List<Encoded> sequences, int[] labels,
		Split.Parts parts) implements PreparedTask<SequenceNetwork> {

	@Override
	public NetworkSpec network() {
		return this.stack;
	}

	@Override
	public Architecture<SequenceNetwork> architecture() {
		return this.fitted.architecture(this.stack);
	}

	@Override
	public Examples training() {
		return new Part(this.parts.training());
	}

	@Override
	public Examples validation() {
		return new Part(this.parts.validation());
	}

	@Override
	public Evaluation evaluate(SequenceNetwork network) {
		int[] heldOut = this.parts.evaluation();
		Classifier classifier = new Classifier(this.fitted.encoder(), this.fitted.labels(), network);
		float[][] probabilities = classifier
			.probabilities(IntStream.of(heldOut).mapToObj(this.sequences::get).toList());
		int classes = this.fitted.labels().size();
		ConfusionMatrix model = new ConfusionMatrix(classes);
		ConfusionMatrix naive = new ConfusionMatrix(classes);
		int majority = majority();
		double crossEntropy = 0;
		for (int i = 0; i < heldOut.length; i++) {
			int truth = this.labels[heldOut[i]];
			model.add(truth, Classifier.likeliest(probabilities[i]));
			naive.add(truth, majority);
			crossEntropy -= Math.log(Math.max(probabilities[i][truth], 1e-12)) / heldOut.length;
		}
		Map<String, Double> metrics = new LinkedHashMap<>(model.metrics());
		metrics.put("crossEntropy", crossEntropy);
		return Evaluation.of(this.parts.evaluationName(), heldOut.length, metrics,
				new Evaluation.Baseline("majority label", naive.metrics()), 1 - model.accuracy(), 1 - naive.accuracy());
	}

	private int majority() {
		int[] counts = new int[this.fitted.labels().size()];
		for (int i : this.parts.training()) {
			counts[this.labels[i]]++;
		}
		int max = Arrays.stream(counts).max().orElse(0);
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
			return new SequenceArchitecture(this.encoder.input(), stack,
					new Output(Output.Kind.CLASSES, this.labels.size(), false));
		}

		Classifier classifier(StackSpec stack, Tensors parameters) {
			return new Classifier(this.encoder, this.labels, architecture(stack).serving(parameters));
		}

	}

	private final class Part implements Examples {

		private final int[] rows;

		Part(int[] rows) {
			this.rows = rows;
		}

		@Override
		public int size() {
			return this.rows.length;
		}

		@Override
		public int steps(int example) {
			return PreparedClassification.this.sequences.get(this.rows[example]).steps();
		}

		@Override
		public int decoderSteps(int example) {
			return 0;
		}

		@Override
		public int targets(int example) {
			return 1;
		}

		@Override
		public Batch batch(int... examples) {
			List<Encoded> inputs = IntStream.of(examples)
				.mapToObj((i) -> PreparedClassification.this.sequences.get(this.rows[i]))
				.toList();
			int[] targets = IntStream.of(examples)
				.map((i) -> PreparedClassification.this.labels[this.rows[i]])
				.toArray();
			return new Batch(PreparedClassification.this.fitted.encoder().batch(inputs), null,
					new Targets.Classes(targets));
		}

	}

}
