package io.unfold.task.regression;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.unfold.data.Normalizer;
import io.unfold.data.Packing;
import io.unfold.data.Scaling;
import io.unfold.nn.network.Architecture;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.Output;
import io.unfold.nn.network.SequenceArchitecture;
import io.unfold.nn.network.SequenceNetwork;
import io.unfold.nn.network.StackSpec;
import io.unfold.nn.network.Targets;
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
 * Examples and their targets.
 *
 * @param targets of the examples, as they were sent
 */
record PreparedRegression(Regression task, StackSpec stack, Fitted fitted, EncodedSequences sequences,
		List<Target> targets) implements PreparedTask<SequenceNetwork>, Answers {

	static PreparedRegression of(Regression task, StackSpec stack, EncodedSequences sequences, List<Target> targets) {
		Scaling.Fitter fitter = Scaling.STANDARD.fitter(targets.get(0).size());
		for (int i : sequences.parts().training()) {
			Arrays.stream(targets.get(i).values()).skip(task.washout()).forEach(fitter::add);
		}
		return new PreparedRegression(task, stack, new Fitted(sequences.encoder(), fitter.fit(), targets.get(0).list()),
				sequences, targets);
	}

	@Override
	public NetworkSpec network() {
		return this.stack;
	}

	@Override
	public Architecture<SequenceNetwork> architecture() {
		return this.fitted.architecture(this.task, this.stack);
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
	public int count(int sequence) {
		return this.task.everyStep() ? this.sequences.steps()[sequence] - this.task.washout() : 1;
	}

	@Override
	public Targets targets(int... sequences) {
		List<float[][]> scaled = IntStream.of(sequences).mapToObj((i) -> scaled(this.targets.get(i))).toList();
		return new Targets.Values(Packing.values(scaled), this.task.washout());
	}

	/** What the network should answer; [step][size]. */
	private float[][] scaled(Target target) {
		float[][] scaled = new float[target.values().length][target.size()];
		for (int t = 0; t < scaled.length; t++) {
			for (int k = 0; k < scaled[t].length; k++) {
				scaled[t][k] = (float) this.fitted.scale().apply(k, target.values()[t][k]);
			}
		}
		return scaled;
	}

	/** Beside the answer that is always the mean of the training part. */
	@Override
	public Evaluation evaluate(SequenceNetwork network) {
		int[] heldOut = this.sequences.parts().evaluation();
		List<double[][]> values = this.fitted.regressor(this.task, network).values(this.sequences.evaluation());
		double[] mean = this.fitted.scale().offset();
		RegressionErrors model = new RegressionErrors(mean.length);
		RegressionErrors naive = new RegressionErrors(mean.length);
		for (int i = 0; i < heldOut.length; i++) {
			double[][] truth = this.targets.get(heldOut[i]).values();
			for (int t = this.task.washout(); t < truth.length; t++) {
				model.add(truth[t], values.get(i)[t]);
				naive.add(truth[t], mean);
			}
		}
		return Evaluation.of(this.sequences.parts().evaluationName(), heldOut.length, model.metrics(),
				new Evaluation.Baseline("training mean", naive.metrics()), model.rmse(), naive.rmse());
	}

	/**
	 * What is fitted to the training part.
	 *
	 * @param scale of the targets, whose offset is their mean
	 * @param list whether a step's target is a list of numbers, rather than a number
	 */
	record Fitted(SequenceEncoder encoder, Normalizer scale, boolean list) {

		static Fitted read(JsonNode fitted) {
			return JsonMapper.shared().treeToValue(fitted, Fitted.class);
		}

		SequenceArchitecture architecture(Regression task, StackSpec stack) {
			return new SequenceArchitecture(this.encoder.input(), stack, output(task));
		}

		Regressor regressor(Regression task, SequenceNetwork network) {
			return new Regressor(this.scale, this.list, new SequenceModel(this.encoder, output(task), network));
		}

		private Output output(Regression task) {
			return new Output(Output.Kind.VALUES, this.scale.features(), task.everyStep());
		}

	}

}
