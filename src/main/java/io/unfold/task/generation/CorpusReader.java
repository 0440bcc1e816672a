package io.unfold.task.generation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;
import io.unfold.data.TokenKind;
import io.unfold.data.Tokenizer;
import io.unfold.data.Vocabulary;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.Faults;
import io.unfold.task.Spans;
import io.unfold.task.Split;
import io.unfold.task.sequence.SequenceRecords;
import org.jspecify.annotations.Nullable;

/**
 * Reads texts as the numbers of their chunks (words, or characters), in the order in
 * which these were first met; the tokens and the vocabulary, and with it the ids, are
 * known only when all is read.
 */
final class CorpusReader {

	/** Tokens of the training part; fewer teach nothing. */
	private static final int FEWEST = 20;

	/** Characters that are split at once, and then on to the end of the line. */
	private static final int AT_ONCE = 1 << 16;

	private final TokenKind kind;

	private final int vocabularySize;

	private final Tokenizer splitter;

	/** Of the model that is gone on from; null: there is none. */
	private final @Nullable Fitted parent;

	/** Chunks by the numbers of their first meeting. */
	private final List<String> met = new ArrayList<>();

	private final Map<String, Integer> numbers = new HashMap<>();

	private final StoredIds chunks;

	private final Path scratch;

	/** Where each text begins. */
	private final IntList begins = new IntList();

	private CorpusReader(TokenKind kind, int vocabularySize, @Nullable Fitted parent, Path scratch) {
		this.parent = parent;
		this.kind = kind;
		this.vocabularySize = vocabularySize;
		this.scratch = scratch;
		this.chunks = new StoredIds(scratch);
		this.splitter = (kind == TokenKind.CHARACTERS) ? Tokenizer.CHARACTERS : Tokenizer.WORDS;
	}

	/**
	 * @param vocabularySize tokens that the vocabulary has at most, the special ones
	 * among them
	 * @param parent what was fitted to other texts; null: to fit to these
	 * @throws InvalidRequestException with lines of the data
	 */
	static Corpus read(DataSource data, TokenKind kind, int vocabularySize, Split split, @Nullable Fitted parent) {
		CorpusReader reader = new CorpusReader(kind, vocabularySize, parent, data.scratch());
		Faults faults = new Faults();
		try (Stream<DataRecord> records = data.records()) {
			records.forEach((record) -> faults.check(record.line(), () -> reader.add(record)));
		}
		faults.throwIfAny();
		Corpus corpus = (reader.begins.size() > 1) ? reader.texts(split) : reader.text(split);
		if (corpus.training().length() < FEWEST) {
			throw new InvalidRequestException("/dataset", "has only " + corpus.training().ids().length() + " "
					+ kind.id() + ": at least " + FEWEST + " are needed beside those that are held out");
		}
		return corpus;
	}

	private void add(DataRecord record) {
		if (record.continued()) {
			add(record.fields().get("text").stringValue());
		}
		else {
			String text = SequenceRecords.text(record, "text");
			this.begins.add(this.chunks.length());
			add(text);
		}
	}

	private void add(String text) {
		for (int begin = 0; begin < text.length();) {
			// a line break ends a chunk in any case
			int line = text.indexOf('\n', Math.min(begin + AT_ONCE, text.length()));
			int end = (line >= 0) ? line + 1 : text.length();
			this.splitter.splitExactly(text.substring(begin, end)).forEach(this::addChunk);
			begin = end;
		}
	}

	private void addChunk(String chunk) {
		Integer number = this.numbers.get(chunk);
		if (number == null) {
			number = this.met.size();
			this.numbers.put(chunk, number);
			this.met.add(chunk);
		}
		this.chunks.add(number);
	}

	/** One text: what comes last is held out. */
	private Corpus text(Split split) {
		Spans parts = split.inTime(split.own(this.chunks.length()), 0, 0);
		int validation = parts.training().to();
		int test = parts.validation().to();
		int[] counts = new int[this.met.size()];
		count(counts, 0, validation);
		Learned learned = learn(counts, Vocabulary.Kind.OPEN);
		StoredIds row = new StoredIds(this.scratch);
		learned.write(0, validation, row);
		int validationFrom = row.length();
		learned.write(validation, test, row);
		int testFrom = row.length();
		learned.write(test, this.chunks.length(), row);
		return learned.corpus(start(learned.vocabulary()), row, validationFrom, testFrom);
	}

	/** Texts, of which some are held out. */
	private Corpus texts(Split split) {
		Split.Parts parts = split.drawn(this.begins.size(), (i) -> "");
		int[] counts = new int[this.met.size()];
		for (int text : parts.training()) {
			count(counts, this.begins.get(text), end(text));
		}
		Learned learned = learn(counts, Vocabulary.Kind.ENDED);
		StoredIds row = new StoredIds(this.scratch);
		row.add(learned.vocabulary().end());
		write(parts.training(), learned, row);
		int validationFrom = row.length();
		write(parts.validation(), learned, row);
		int testFrom = row.length();
		write(parts.test(), learned, row);
		// beside texts that are held out there may be one long one
		int start = (parts.training().length == 1) ? start(learned.vocabulary()) : learned.vocabulary().end();
		return learned.corpus(start, row, validationFrom, testFrom);
	}

	private void write(int[] texts, Learned learned, StoredIds row) {
		for (int text : texts) {
			learned.write(this.begins.get(text), end(text), row);
			row.add(learned.vocabulary().end());
		}
	}

	private int end(int text) {
		return (text + 1 < this.begins.size()) ? this.begins.get(text + 1) : this.chunks.length();
	}

	private void count(int[] counts, int from, int to) {
		for (int i = from; i < to; i++) {
			counts[this.chunks.get(i)]++;
		}
	}

	/**
	 * @param counts of the chunks in the training part
	 */
	private Learned learn(int[] counts, Vocabulary.Kind kind) {
		if (this.parent != null) {
			if (kind == Vocabulary.Kind.ENDED && this.parent.vocabulary().kind() != kind) {
				throw new InvalidRequestException("/dataset",
						"has several texts, and the model to start from has learned of one, and of no end");
			}
			return new Learned(this.parent.tokenizer(), this.parent.vocabulary());
		}
		Map<String, int[]> byChunk = new HashMap<>();
		Vocabulary.Counter counter = new Vocabulary.Counter();
		for (int number = 0; number < counts.length; number++) {
			if (counts[number] > 0) {
				byChunk.put(this.met.get(number), new int[] { counts[number] });
				counter.add(this.met.get(number), counts[number]);
			}
		}
		if (this.kind != TokenKind.SUBWORDS) {
			return new Learned(this.splitter, counter.vocabulary(kind, 1, this.vocabularySize));
		}
		Tokenizer subwords = this.kind.learnExactly(byChunk, kind, this.vocabularySize);
		return new Learned(subwords, subwords.vocabulary(kind, Stream.empty(), this.vocabularySize));
	}

	/**
	 * What a part of one long text begins after: a line break where it has them, else a
	 * blank, else its most frequent token.
	 */
	private static int start(Vocabulary vocabulary) {
		List<String> tokens = vocabulary.tokens();
		return tokens.stream()
			.filter((token) -> token.endsWith("\n"))
			.findFirst()
			.or(() -> tokens.stream().filter(String::isBlank).findFirst())
			.or(() -> tokens.stream().findFirst())
			.map(vocabulary::id)
			.orElse(0);
	}

	/** What the training part has taught. */
	private final class Learned {

		private final Tokenizer tokenizer;

		private final Vocabulary vocabulary;

		/** Ids of the chunks' tokens, by the numbers of the chunks. */
		private final int[][] ids;

		Learned(Tokenizer tokenizer, Vocabulary vocabulary) {
			this.tokenizer = tokenizer;
			this.vocabulary = vocabulary;
			this.ids = CorpusReader.this.met.stream()
				.map((chunk) -> vocabulary.encode(tokenizer.splitExactly(chunk)))
				.toArray(int[][]::new);
		}

		Vocabulary vocabulary() {
			return this.vocabulary;
		}

		/** Writes the ids of some chunks. */
		void write(int from, int to, StoredIds row) {
			for (int i = from; i < to; i++) {
				for (int id : this.ids[CorpusReader.this.chunks.get(i)]) {
					row.add(id);
				}
			}
		}

		Corpus corpus(int start, StoredIds row, int validationFrom, int testFrom) {
			boolean readsUnknown = false;
			for (int i = 0; i < validationFrom; i++) {
				readsUnknown |= row.get(i) == this.vocabulary.unknown();
			}
			TokenIds ids = row.ids(this.vocabulary.size());
			return new Corpus(this.tokenizer, this.vocabulary, start, readsUnknown, new Passage(ids, 1, validationFrom),
					new Passage(ids, validationFrom, testFrom), new Passage(ids, testFrom, row.length()));
		}

	}

}
