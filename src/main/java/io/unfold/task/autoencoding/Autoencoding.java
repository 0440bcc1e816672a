package io.unfold.task.autoencoding;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.data.Codecs;
import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;
import io.unfold.data.Sequence;
import io.unfold.data.TokenKind;
import io.unfold.nn.network.EncoderDecoderSpec;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.StepInput;
import io.unfold.nn.network.Tensors;
import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.PreparedTask;
import io.unfold.task.Split;
import io.unfold.task.TaskSpec;
import io.unfold.task.sequence.EncodedSequences;
import io.unfold.task.sequence.SequenceExample;
import io.unfold.task.sequence.SequenceRecords;
import io.unfold.task.sequence.Stacks;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sequence to a code of fixed length, and back again. An example is {@code {"sequence":
 * S}}; with {@code "anomaly": true} it is one that is known to be odd, which is only used
 * to judge how well the odd ones are told by their reconstruction.
 *
 * @param tokens how sequences that are texts are split, by default into words
 * @param anomalyQuantile share of the validation part's sequences that are to be taken
 * for normal, whose greatest error is the threshold; by default 0.99
 */
@JsonTypeName(Autoencoding.TYPE)
public record Autoencoding(TokenKind tokens, double anomalyQuantile) implements TaskSpec {

	public static final String TYPE = "autoencoding";

	private static final String ANOMALY = "anomaly";

	private static final int CODE = 32;

	public Autoencoding {
		InvalidFieldException.requireBetween("anomalyQuantile", anomalyQuantile, 0.0, 1.0);
	}

	@JsonCreator
	static Autoencoding from(@Nullable TokenKind tokens, @Nullable Double anomalyQuantile) {
		return new Autoencoding((tokens != null) ? tokens : TokenKind.WORDS,
				(anomalyQuantile != null) ? anomalyQuantile : 0.99);
	}

	@Override
	public String type() {
		return TYPE;
	}

	@Override
	public PreparedTask<?> prepare(DataSource data, @Nullable NetworkSpec network, Split split) {
		return prepare(data, network, split, null);
	}

	@Override
	public PreparedTask<?> continued(DataSource data, @Nullable NetworkSpec network, Split split, JsonNode fitted) {
		return prepare(data, network, split, Fitted.read(fitted));
	}

	private PreparedTask<?> prepare(DataSource data, @Nullable NetworkSpec network, Split split,
			@Nullable Fitted parent) {
		EncoderDecoderSpec spec = (network != null) ? autoencoder(network) : EncoderDecoderSpec.standard();
		if (spec.tiedEmbeddings()) {
			throw new InvalidRequestException("/network/tiedEmbeddings",
					"is for translation: the output layer of an autoencoder has weights of its own");
		}
		List<SequenceExample<Boolean>> examples = SequenceRecords.read(data, Codecs.FLAG,
				(record, sequence) -> isAnomalous(record));
		List<Boolean> odd = examples.stream().map(SequenceExample::answer).toList();
		Split.Parts parts = withoutAnomalies(odd, split.drawn(odd.size(), (i) -> odd.get(i).toString()));
		EncodedSequences sequences = EncodedSequences.fit(data, examples, parts, this.tokens,
				(parent != null) ? parent.encoder() : null);
		return PreparedAutoencoding.of(this, resolved(spec, sequences.encoder().input()), sequences,
				IntStream.range(0, odd.size()).filter(odd::get).toArray());
	}

	private static boolean isAnomalous(DataRecord record) {
		JsonNode node = record.fields().get(ANOMALY);
		if (node == null || node.isNull()) {
			return false;
		}
		return switch (node.isValueNode() ? node.asString().toLowerCase(Locale.ROOT) : "") {
			case "true", "1", "1.0" -> true;
			case "false", "0", "0.0" -> false;
			default -> throw new InvalidRequestException("/" + ANOMALY,
					"must be true or false" + (node.isValueNode() ? ", but is '" + node.asString() + "'" : ""));
		};
	}

	/** Anomalies are neither trained on, nor do they decide what is normal. */
	private static Split.Parts withoutAnomalies(List<Boolean> odd, Split.Parts parts) {
		int[] training = normal(odd, parts.training());
		int[] validation = normal(odd, parts.validation());
		int[] test = normal(odd, parts.test());
		if (validation.length == 0 && training.length > 1) {
			validation = new int[] { training[training.length - 1] };
			training = IntStream.of(training).limit(training.length - 1L).toArray();
		}
		if (training.length == 0 || validation.length == 0) {
			throw new InvalidRequestException("/dataset",
					"there are too few sequences that are no anomalies: at least two are needed, one to learn from and one to tell how large errors normally are");
		}
		return new Split.Parts(training, validation, test);
	}

	private static int[] normal(List<Boolean> odd, int[] part) {
		return IntStream.of(part).filter((i) -> !odd.get(i)).toArray();
	}

	@Override
	public Autoencoder trained(JsonNode fitted, NetworkSpec network, Tensors parameters) {
		Fitted parts = Fitted.read(fitted);
		return parts.autoencoder(parts.architecture(autoencoder(network)).serving(parameters));
	}

	/** The network to train, defaults resolved. */
	private static EncoderDecoderSpec resolved(EncoderDecoderSpec spec, StepInput input) {
		EncoderDecoderSpec coding = (spec.code() != null) ? spec : spec.withCode(CODE);
		if (input instanceof StepInput.Tokens) {
			return coding.forTokens();
		}
		if (spec.embedding() != null) {
			throw Stacks.noEmbedding();
		}
		return coding;
	}

	private static EncoderDecoderSpec autoencoder(NetworkSpec network) {
		EncoderDecoderSpec spec = EncoderDecoderSpec.of(network, TYPE);
		if (spec.attention() != EncoderDecoderSpec.Attention.NONE) {
			throw new InvalidRequestException("/network/attention",
					"is for translation: a decoder that looked back at the sequence would not need the code");
		}
		return spec;
	}

}
