package io.unfold.task.captioning;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.data.Codecs;
import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;
import io.unfold.data.ListView;
import io.unfold.data.Scaling;
import io.unfold.data.SpillingList;
import io.unfold.data.SpillingList.Codec;
import io.unfold.data.TokenKind;
import io.unfold.data.Vocabulary;
import io.unfold.nn.network.ConditionedDecoderSpec;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.Tensors;
import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.Faults;
import io.unfold.task.PreparedTask;
import io.unfold.task.Split;
import io.unfold.task.TaskSpec;
import io.unfold.task.sequence.NumberEncoder;
import io.unfold.task.sequence.SequenceRecords;
import io.unfold.task.sequence.TokenEncoder;
import io.unfold.task.text.AnswerLength;
import io.unfold.task.text.BleuTokenizer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Feature vector to text by a decoder, as a picture's features to its caption. An example
 * is {@code {"features": [0.1, ...], "text": "..."}}; all vectors have one size.
 *
 * @param tokens what texts are split into, by default words
 * @param vocabularySize tokens of the vocabulary at most, the most frequent ones; by
 * default 30,000, of subwords 8,000
 * @param maxLength tokens that an answer has at most unless a request says otherwise;
 * null takes twice the longest text of the training part
 * @param scaling of each feature, by default standard
 * @param bleuTokenizer how the evaluation's BLEU splits texts, by default 13a
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonTypeName(Captioning.TYPE)
public record Captioning(TokenKind tokens, int vocabularySize, @Nullable Integer maxLength, Scaling scaling,
		BleuTokenizer bleuTokenizer) implements TaskSpec {

	public static final String TYPE = "captioning";

	/** The longest answer that can be asked for, in tokens. */
	public static final int MAX_LENGTH = AnswerLength.MOST;

	public Captioning {
		InvalidFieldException.requireBetween("vocabularySize", vocabularySize, 10, 200_000);
		if (maxLength != null) {
			InvalidFieldException.requireBetween("maxLength", maxLength, 1, MAX_LENGTH);
		}
	}

	@JsonCreator
	static Captioning from(@Nullable TokenKind tokens, @Nullable Integer vocabularySize, @Nullable Integer maxLength,
			@Nullable Scaling scaling, @Nullable BleuTokenizer bleuTokenizer) {
		TokenKind kind = (tokens != null) ? tokens : TokenKind.WORDS;
		return new Captioning(kind, (vocabularySize != null) ? vocabularySize : kind.vocabularySize(), maxLength,
				(scaling != null) ? scaling : Scaling.STANDARD,
				(bleuTokenizer != null) ? bleuTokenizer : BleuTokenizer.V13A);
	}

	@Override
	public String type() {
		return TYPE;
	}

	@Override
	public PreparedTask<?> prepare(DataSource data, @Nullable NetworkSpec network, Split split) {
		return prepared(data, network, split, null);
	}

	@Override
	public PreparedTask<?> continued(DataSource data, @Nullable NetworkSpec network, Split split, JsonNode fitted) {
		return prepared(data, network, split, PreparedCaptioning.Fitted.read(fitted));
	}

	/**
	 * @param parent what was fitted to other examples; null: to fit to these
	 */
	private PreparedTask<?> prepared(DataSource data, @Nullable NetworkSpec network, Split split,
			PreparedCaptioning.@Nullable Fitted parent) {
		ConditionedDecoderSpec spec = ((network != null) ? decoder(network) : ConditionedDecoderSpec.standard())
			.forTokens();
		List<Example> examples = read(data);
		SequenceRecords.requireTwo(examples);
		Split.Parts parts = split.drawn(examples.size(), (i) -> "");
		PreparedCaptioning.Fitted fitted = (parent != null) ? parent
				: fit(ListView.of(parts.training(), examples::get));
		return new PreparedCaptioning(spec, fitted, examples, encoded(examples, fitted.features(), data.scratch()),
				this.bleuTokenizer, parts, data.scratch());
	}

	private PreparedCaptioning.Fitted fit(List<Example> training) {
		List<String> texts = new ListView<>(training.size(), (i) -> training.get(i).text());
		TokenEncoder text = TokenEncoder.fit(this.tokens, texts, Vocabulary.Kind.MARKED, this.vocabularySize);
		return new PreparedCaptioning.Fitted(features(training), text,
				AnswerLength.limit(this.maxLength, text.tokenizer(), texts));
	}

	private FeatureEncoder features(List<Example> training) {
		Scaling.Fitter fitter = this.scaling.fitter(training.get(0).features().length);
		training.forEach((example) -> fitter.add(example.features()));
		return new FeatureEncoder(fitter.fit());
	}

	private static List<Example> read(DataSource data) {
		List<Example> examples = new SpillingList<>(data.scratch(), Example.CODEC);
		// of the first example, which may be in a file by then
		int[] size = new int[1];
		Faults faults = new Faults();
		try (Stream<DataRecord> records = data.records()) {
			records.forEach((record) -> faults.check(record.line(), () -> {
				float[] features = FeatureVector.of(record);
				if (examples.isEmpty()) {
					size[0] = features.length;
				}
				FeatureEncoder.requireSize(features, size[0], "/features", "the first example has");
				examples.add(new Example(record.line(), features, SequenceRecords.text(record, "text")));
			}));
		}
		faults.throwIfAny();
		return examples;
	}

	private static List<NumberEncoder.Numbers> encoded(List<Example> examples, FeatureEncoder features, Path scratch) {
		List<float[][]> encoded = new SpillingList<>(scratch, Codecs.FLOATS);
		Faults faults = new Faults();
		for (Example example : examples) {
			faults.check(example.line(), () -> encoded.add(features.encode(example.features(), "/features").values()));
		}
		faults.throwIfAny();
		return new ListView<>(encoded.size(), (i) -> new NumberEncoder.Numbers(encoded.get(i)));
	}

	@Override
	public Captioner trained(JsonNode fitted, NetworkSpec network, Tensors parameters) {
		PreparedCaptioning.Fitted parts = PreparedCaptioning.Fitted.read(fitted);
		return new Captioner(parts, parts.architecture(decoder(network)).serving(parameters));
	}

	private static ConditionedDecoderSpec decoder(NetworkSpec network) {
		if (network instanceof ConditionedDecoderSpec spec) {
			return spec;
		}
		throw new InvalidRequestException("/network",
				"must have a 'decoder' and no 'encoder' (or be left out): captioning has features in place of what an encoder reads");
	}

	/**
	 * @param line of the data
	 */
	record Example(long line, float[] features, String text) {

		static final Codec<Example> CODEC = new Codec<>() {

			@Override
			public long heapBytes(Example example) {
				return Codecs.FLOATS.heapBytes(step(example)) + Codecs.TEXT.heapBytes(example.text());
			}

			@Override
			public void write(Example example, DataOutput out) throws IOException {
				out.writeLong(example.line());
				Codecs.FLOATS.write(step(example), out);
				Codecs.TEXT.write(example.text(), out);
			}

			@Override
			public Example read(DataInput in) throws IOException {
				return new Example(in.readLong(), Codecs.FLOATS.read(in)[0], Codecs.TEXT.read(in));
			}

			private float[][] step(Example example) {
				return new float[][] { example.features() };
			}

		};

	}

}
