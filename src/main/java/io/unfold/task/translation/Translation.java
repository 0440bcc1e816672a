package io.unfold.task.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;
import io.unfold.data.Tokenizer;
import io.unfold.data.Vocabulary;
import io.unfold.nn.network.EncoderDecoderSpec;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.Tensors;
import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.Faults;
import io.unfold.task.PreparedTask;
import io.unfold.task.Split;
import io.unfold.task.TaskSpec;
import io.unfold.task.sequence.SequenceRecords;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Text to text by an encoder-decoder. An example is {@code {"source": "...", "target":
 * "..."}}.
 *
 * @param tokens how texts are split, by default into words
 * @param vocabularySize tokens of each vocabulary at most, the most frequent ones; by
 * default 30,000
 * @param maxLength tokens that an answer has at most unless a request says otherwise;
 * null takes twice the longest target of the training part
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonTypeName(Translation.TYPE)
public record Translation(Tokenizer tokens, int vocabularySize, @Nullable Integer maxLength) implements TaskSpec {

	public static final String TYPE = "translation";

	/** The longest answer that can be asked for, in tokens. */
	public static final int MAX_LENGTH = 10_000;

	public Translation {
		InvalidFieldException.requireBetween("vocabularySize", vocabularySize, 10, 200_000);
		if (maxLength != null) {
			InvalidFieldException.requireBetween("maxLength", maxLength, 1, MAX_LENGTH);
		}
	}

	@JsonCreator
	static Translation from(@Nullable Tokenizer tokens, @Nullable Integer vocabularySize, @Nullable Integer maxLength) {
		return new Translation((tokens != null) ? tokens : Tokenizer.WORDS,
				(vocabularySize != null) ? vocabularySize : 30_000, maxLength);
	}

	@Override
	public String type() {
		return TYPE;
	}

	@Override
	public PreparedTask<?> prepare(DataSource data, @Nullable NetworkSpec network, Split split) {
		EncoderDecoderSpec spec = (network != null) ? encoderDecoder(network) : EncoderDecoderSpec.standard();
		List<Pair> pairs = read(data);
		if (pairs.size() < 2) {
			throw new InvalidRequestException("/dataset", "has " + pairs.size()
					+ " example: at least two are needed, one to learn from and one to be judged by");
		}
		Split.Parts parts = split.drawn(pairs.size(), (i) -> "");
		List<Pair> training = IntStream.of(parts.training()).mapToObj(pairs::get).toList();
		Vocabulary source = vocabulary(training.stream().map(Pair::source), Vocabulary.Kind.OPEN);
		Vocabulary target = vocabulary(training.stream().map(Pair::target), Vocabulary.Kind.MARKED);
		int longest = training.stream().mapToInt((pair) -> pair.target().size()).max().orElse(1);
		int limit = (this.maxLength != null) ? this.maxLength : Math.min(MAX_LENGTH, 2 * longest);
		return new PreparedTranslation(spec, new PreparedTranslation.Fitted(this.tokens, source, target, limit), pairs,
				parts);
	}

	private Vocabulary vocabulary(Stream<List<String>> texts, Vocabulary.Kind kind) {
		Vocabulary.Counter counter = new Vocabulary.Counter();
		texts.forEach(counter::addAll);
		return counter.vocabulary(kind, 1, this.vocabularySize);
	}

	private List<Pair> read(DataSource data) {
		List<Pair> pairs = new ArrayList<>();
		Faults faults = new Faults();
		try (Stream<DataRecord> records = data.records()) {
			records.forEach((record) -> faults.check(record.line(), () -> {
				String source = SequenceRecords.text(record, "source");
				String target = SequenceRecords.text(record, "target");
				pairs.add(new Pair(SequenceRecords.tokens(this.tokens, source, "/source"),
						SequenceRecords.tokens(this.tokens, target, "/target")));
			}));
		}
		faults.throwIfAny();
		return pairs;
	}

	@Override
	public Translator trained(JsonNode fitted, NetworkSpec network, Tensors parameters) {
		return PreparedTranslation.Fitted.read(fitted).translator(encoderDecoder(network), parameters);
	}

	private static EncoderDecoderSpec encoderDecoder(NetworkSpec network) {
		if (network instanceof EncoderDecoderSpec spec) {
			return spec;
		}
		throw new InvalidRequestException("/network",
				"must have 'encoder' and 'decoder' (or be left out): translation needs both");
	}

	/** The tokens of an example. */
	record Pair(List<String> source, List<String> target) {
	}

}
