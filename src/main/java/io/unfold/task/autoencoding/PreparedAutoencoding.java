package io.unfold.task.autoencoding;

import java.util.List;
import java.util.Map;

import io.unfold.data.ListView;
import io.unfold.nn.network.Architecture;
import io.unfold.nn.network.AutoencoderNetwork;
import io.unfold.nn.network.EncoderDecoderSpec;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.StepInput;
import io.unfold.nn.network.Targets;
import io.unfold.task.Evaluation;
import io.unfold.task.Examples;
import io.unfold.task.PreparedTask;
import io.unfold.task.sequence.Answers;
import io.unfold.task.sequence.EncodedSequences;
import io.unfold.task.sequence.SequenceEncoder.Encoded;

/**
 * Sequences that are to be reconstructed.
 *
 * @param sequences all of them, whose parts are without the anomalies
 * @param anomalies numbers of those that are known to be odd
 */
record PreparedAutoencoding(Autoencoding task, EncoderDecoderSpec spec, Fitted fitted, EncodedSequences sequences,
		int[] anomalies) implements PreparedTask<AutoencoderNetwork>, Answers {

	static PreparedAutoencoding of(Autoencoding task, EncoderDecoderSpec spec, EncodedSequences sequences,
			int[] anomalies) {
		return new PreparedAutoencoding(task, spec, new Fitted(sequences.encoder(), null), sequences, anomalies);
	}

	@Override
	public NetworkSpec network() {
		return this.spec;
	}

	@Override
	public Architecture<AutoencoderNetwork> architecture() {
		return this.fitted.architecture(this.spec);
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
		return this.sequences.sequences().get(sequence).steps();
	}

	@Override
	public Targets targets(int... sequences) {
		Sequences batch = this.fitted.encoder().batch(some(sequences));
		return (batch instanceof Sequences.Values values) ? new Targets.Values(values.data(), 0)
				: new Targets.Classes(((Sequences.Tokens) batch).ids());
	}

	private List<Encoded> some(int[] sequences) {
		return ListView.of(sequences, this.sequences.sequences()::get);
	}

	private ReconstructionModel model(AutoencoderNetwork network) {
		return new ReconstructionModel(this.fitted.encoder(), network);
	}

	/** With the threshold that the errors of the validation part give. */
	@Override
	public PreparedAutoencoding calibrated(AutoencoderNetwork network) {
		double[] errors = ReconstructionModel
			.errors(model(network).reconstructions(some(this.sequences.parts().validation())));
		double threshold = ReconstructionModel.quantile(errors, this.task.anomalyQuantile());
		return new PreparedAutoencoding(this.task, this.spec, new Fitted(this.fitted.encoder(), threshold),
				this.sequences, this.anomalies);
	}

	/**
	 * Beside the mean, or the most frequent token, at every step. Anomalies only count in
	 * how well they are told from the held-out sequences.
	 */
	@Override
	public Evaluation evaluate(AutoencoderNetwork network) {
		List<Encoded> heldOut = this.sequences.evaluation();
		List<Encoded> odd = some(this.anomalies);
		ReconstructionModel model = model(network);
		boolean tokens = this.fitted.encoder().input() instanceof StepInput.Tokens;
		NaiveReconstruction naive = new NaiveReconstruction(some(this.sequences.parts().training()),
				(this.fitted.encoder().input() instanceof StepInput.Tokens input) ? input.vocabulary() : 0);
		List<Reconstruction> answers = model.reconstructions(heldOut);
		List<Reconstruction> naiveAnswers = heldOut.stream().map(naive::of).toList();
		Map<String, Double> metrics = ReconstructionMetrics.of(this.fitted.encoder(), heldOut, answers);
		Map<String, Double> naiveMetrics = ReconstructionMetrics.of(this.fitted.encoder(), heldOut, naiveAnswers);
		Double threshold = this.fitted.threshold();
		if (threshold != null) {
			metrics.put("threshold", threshold);
		}
		if (!odd.isEmpty() && threshold != null) {
			double[] normal = ReconstructionModel.errors(answers);
			double[] anomalous = ReconstructionModel.errors(model.reconstructions(odd));
			metrics.put("auroc", Detection.auroc(normal, anomalous));
			metrics.putAll(Detection.at(threshold, normal, anomalous));
			naiveMetrics.put("auroc", Detection.auroc(ReconstructionModel.errors(naiveAnswers),
					ReconstructionModel.errors(odd.stream().map(naive::of).toList())));
		}
		return Evaluation.of(this.sequences.parts().evaluationName(), heldOut.size() + odd.size(), metrics,
				new Evaluation.Baseline(tokens ? "most frequent token" : "training mean", naiveMetrics),
				ReconstructionMetrics.meanError(answers), ReconstructionMetrics.meanError(naiveAnswers));
	}

}
