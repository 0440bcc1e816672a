package io.unfold.task.autoencoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.unfold.data.Sequence;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.TrainedTask;
import io.unfold.task.sequence.NumberEncoder;
import io.unfold.task.sequence.SequenceEncoder;
import io.unfold.task.sequence.SequenceEncoder.Encoded;
import io.unfold.task.sequence.SequenceRecords;
import io.unfold.task.sequence.TokenEncoder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A trained autoencoder. */
public final class Autoencoder implements TrainedTask {

	private static final String POINTER = "/sequences/";

	private final ReconstructionModel model;

	private final double threshold;

	Autoencoder(ReconstructionModel model, double threshold) {
		this.model = model;
		this.threshold = threshold;
	}

	/** The error above which a sequence is taken for an anomaly. */
	public double threshold() {
		return this.threshold;
	}

	/**
	 * The codes of sequences, each of the same length: numbers from -1 to 1.
	 * @param sequences a list of S
	 * @throws InvalidRequestException with pointers {@code /sequences/...}
	 */
	public List<float[]> encode(@Nullable JsonNode sequences) {
		List<float[]> codes = this.model.codes(encoded(SequenceRecords.sequences(sequences)));
		for (int i = 0; i < codes.size(); i++) {
			for (float number : codes.get(i)) {
				requireFinite(number, i);
			}
		}
		return codes;
	}

	/**
	 * How far sequences are from their reconstructions.
	 * @param sequences a list of S
	 * @param reconstruction whether to tell what they are reconstructed as, and the error
	 * of each step
	 * @throws InvalidRequestException with pointers {@code /sequences/...}
	 */
	public List<Score> score(@Nullable JsonNode sequences, boolean reconstruction) {
		List<Sequence> read = SequenceRecords.sequences(sequences);
		List<Reconstruction> answers = this.model.reconstructions(encoded(read));
		List<Score> scores = new ArrayList<>();
		for (int i = 0; i < answers.size(); i++) {
			Reconstruction answer = answers.get(i);
			requireFinite(answer.error(), i);
			boolean anomaly = answer.error() > this.threshold;
			scores.add(reconstruction
					? new Score(answer.error(), anomaly, answer.stepErrors(),
							steps(answer, sequences != null && sequences.get(i).path(0).isArray()), tokens(read.get(i)))
					: new Score(answer.error(), anomaly, null, null, null));
		}
		return scores;
	}

	private List<Encoded> encoded(List<Sequence> sequences) {
		List<Encoded> encoded = new ArrayList<>();
		for (Sequence sequence : sequences) {
			encoded.add(this.model.encoder().encode(sequence, POINTER + encoded.size()));
		}
		return encoded;
	}

	private static void requireFinite(double value, int sequence) {
		if (!Double.isFinite(value)) {
			throw new InvalidRequestException(POINTER + sequence,
					"leads to no finite answer: its numbers are too far from those that the model was trained on");
		}
	}

	/**
	 * Steps as a client writes them.
	 * @param lists whether a step's numbers are in a list, even if there is one
	 */
	private List<?> steps(Reconstruction reconstruction, boolean lists) {
		SequenceEncoder encoder = this.model.encoder();
		if (encoder instanceof TokenEncoder tokens) {
			return IntStream.of(((TokenEncoder.Ids) reconstruction.sequence()).ids())
				.mapToObj(tokens.vocabulary()::token)
				.toList();
		}
		double[][] values = ReconstructionMetrics.values(((NumberEncoder) encoder).normalizer(),
				reconstruction.sequence());
		return lists ? List.of(values) : Arrays.stream(values).map((step) -> step[0]).toList();
	}

	/** The tokens of a text, which a client has not seen. */
	private @Nullable List<String> tokens(Sequence sequence) {
		return (sequence instanceof Sequence.Text && this.model.encoder() instanceof TokenEncoder encoder)
				? TokenEncoder.tokens(encoder.tokenizer(), sequence, "/sequences") : null;
	}

	/**
	 * How odd a sequence is.
	 *
	 * @param error of numbers the root mean squared error in standard deviations of the
	 * training part, of tokens the mean negative log-probability in nats
	 * @param anomaly whether the error is above the model's threshold
	 * @param stepErrors the error of each step, where it was asked for
	 * @param reconstruction the steps as they were reconstructed, where it was asked for
	 * @param tokens the steps, where the sequence was a text and it was asked for
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Score(double error, boolean anomaly, double @Nullable [] stepErrors, @Nullable List<?> reconstruction,
			@Nullable List<String> tokens) {
	}

}
