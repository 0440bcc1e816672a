package io.unfold.task.translation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.data.Codecs;
import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;
import io.unfold.data.TokenKind;
import io.unfold.data.ListView;
import io.unfold.data.SpillingList;
import io.unfold.data.SpillingList.Codec;
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
import io.unfold.task.sequence.TokenEncoder;
import io.unfold.task.text.AnswerLength;
import io.unfold.task.text.BleuTokenizer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Text to text by an encoder-decoder. An example is {@code {"source": "...", "target":
 * "..."}}.
 *
 * @param tokens what texts are split into, by default words
 * @param vocabularySize tokens of each vocabulary at most, the most frequent ones; by
 * default 30,000, of subwords 8,000
 * @param sharedVocabulary whether source and target have one vocabulary, and subwords
 * that are learned from both; by default false
 * @param maxLength tokens that an answer has at most unless a request says otherwise;
 * null takes twice the longest target of the training part
 * @param beamWidth beginnings that a search keeps, in the evaluation, and unless a
 * request says otherwise; 1 is greedy search, by default 4
 * @param lengthPenalty the more, the longer the answers, in the evaluation, and unless a
 * request says otherwise: hypotheses are compared by their log-probabilities divided by
 * length^lengthPenalty; by default 1, the mean per token
 * @param bleuTokenizer how the evaluation's BLEU splits texts, by default 13a
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonTypeName(Translation.TYPE)
public record Translation(TokenKind tokens, int vocabularySize, boolean sharedVocabulary, @Nullable Integer maxLength,
		int beamWidth, double lengthPenalty, BleuTokenizer bleuTokenizer) implements TaskSpec {

	public static final String TYPE = "translation";

	/** The longest answer that can be asked for, in tokens. */
	public static final int MAX_LENGTH = AnswerLength.MOST;

	/** The widest beam that can be asked for. */
	public static final int MAX_BEAM = 64;

	/** The highest length penalty that can be asked for. */
	public static final double MAX_PENALTY = 10;

	private static final int DEFAULT_BEAM = 4;

	public Translation {
		InvalidFieldException.requireBetween("vocabularySize", vocabularySize, 10, 200_000);
		if (maxLength != null) {
			InvalidFieldException.requireBetween("maxLength", maxLength, 1, MAX_LENGTH);
		}
		InvalidFieldException.requireBetween("beamWidth", beamWidth, 1, MAX_BEAM);
		InvalidFieldException.requireBetween("lengthPenalty", lengthPenalty, 0, MAX_PENALTY);
	}

	@JsonCreator
	static Translation from(@Nullable TokenKind tokens, @Nullable Integer vocabularySize,
			@Nullable Boolean sharedVocabulary, @Nullable Integer maxLength, @Nullable Integer beamWidth,
			@Nullable Double lengthPenalty, @Nullable BleuTokenizer bleuTokenizer) {
		TokenKind kind = (tokens != null) ? tokens : TokenKind.WORDS;
		return new Translation(kind, (vocabularySize != null) ? vocabularySize : kind.vocabularySize(),
				sharedVocabulary != null && sharedVocabulary, maxLength, (beamWidth != null) ? beamWidth : DEFAULT_BEAM,
				(lengthPenalty != null) ? lengthPenalty : 1,
				(bleuTokenizer != null) ? bleuTokenizer : BleuTokenizer.V13A);
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
		return prepare(data, network, split, PreparedTranslation.Fitted.read(fitted));
	}

	private PreparedTask<?> prepare(DataSource data, @Nullable NetworkSpec network, Split split,
			PreparedTranslation.@Nullable Fitted parent) {
		EncoderDecoderSpec spec = ((network != null) ? encoderDecoder(network) : EncoderDecoderSpec.standard())
			.forTokens();
		List<Pair> pairs = read(data);
		SequenceRecords.requireTwo(pairs);
		Split.Parts parts = split.drawn(pairs.size(), (i) -> "");
		return new PreparedTranslation(spec, (parent != null) ? parent : fit(pairs, parts), pairs, this.bleuTokenizer,
				parts, data.scratch());
	}

	private PreparedTranslation.Fitted fit(List<Pair> pairs, Split.Parts parts) {
		List<String> sources = ListView.of(parts.training(), (i) -> pairs.get(i).source());
		List<String> targets = ListView.of(parts.training(), (i) -> pairs.get(i).target());
		TokenEncoder target = this.sharedVocabulary ? encoder(both(sources, targets), Vocabulary.Kind.MARKED)
				: encoder(targets, Vocabulary.Kind.MARKED);
		TokenEncoder source = this.sharedVocabulary ? target : encoder(sources, Vocabulary.Kind.OPEN);
		int limit = AnswerLength.limit(this.maxLength, target.tokenizer(), targets);
		return new PreparedTranslation.Fitted(source, target, limit, this.beamWidth, this.lengthPenalty);
	}

	private static List<String> both(List<String> sources, List<String> targets) {
		int size = sources.size();
		return new ListView<>(2 * size, (i) -> (i < size) ? sources.get(i) : targets.get(i - size));
	}

	private TokenEncoder encoder(List<String> texts, Vocabulary.Kind kind) {
		return TokenEncoder.fit(this.tokens, texts, kind, this.vocabularySize);
	}

	private static List<Pair> read(DataSource data) {
		List<Pair> pairs = new SpillingList<>(data.scratch(), Pair.CODEC);
		Faults faults = new Faults();
		try (Stream<DataRecord> records = data.records()) {
			records.forEach((record) -> faults.check(record.line(), () -> pairs
				.add(new Pair(SequenceRecords.text(record, "source"), SequenceRecords.text(record, "target")))));
		}
		faults.throwIfAny();
		return pairs;
	}

	@Override
	public Translator trained(JsonNode fitted, NetworkSpec network, Tensors parameters) {
		return PreparedTranslation.Fitted.read(fitted).translator(encoderDecoder(network), parameters);
	}

	private static EncoderDecoderSpec encoderDecoder(NetworkSpec network) {
		EncoderDecoderSpec spec = EncoderDecoderSpec.of(network, TYPE);
		if (spec.code() != null) {
			throw new InvalidRequestException("/network/code", "is for autoencoding: a translation has no code");
		}
		return spec;
	}

	/** The texts of an example. */
	record Pair(String source, String target) {

		static final Codec<Pair> CODEC = new Codec<>() {

			@Override
			public long heapBytes(Pair pair) {
				return Codecs.TEXT.heapBytes(pair.source()) + Codecs.TEXT.heapBytes(pair.target());
			}

			@Override
			public void write(Pair pair, DataOutput out) throws IOException {
				Codecs.TEXT.write(pair.source(), out);
				Codecs.TEXT.write(pair.target(), out);
			}

			@Override
			public Pair read(DataInput in) throws IOException {
				return new Pair(Codecs.TEXT.read(in), Codecs.TEXT.read(in));
			}

		};

	}

}
