package io.unfold.task.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.unfold.data.DataFormat;
import io.unfold.data.DataSource;
import io.unfold.data.TokenKind;
import io.unfold.data.Tokenizer;
import io.unfold.data.Vocabulary;
import io.unfold.nn.cell.Gru;
import io.unfold.nn.cell.Lstm;
import io.unfold.nn.decoding.Sampling;
import io.unfold.nn.network.Batch;
import io.unfold.nn.network.GradientClipping;
import io.unfold.nn.network.OptimizerSpec;
import io.unfold.nn.network.SequenceArchitecture;
import io.unfold.nn.network.SequenceNetwork;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.StackSpec;
import io.unfold.nn.network.State;
import io.unfold.nn.network.Targets;
import io.unfold.nn.network.TrainableNetwork;
import io.unfold.nn.network.TruncatedBptt;
import io.unfold.nn.network.Window;
import io.unfold.task.Examples;
import io.unfold.task.Split;
import io.unfold.task.generation.Writing.FinishReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class GenerationTest {

	private static final int VOCABULARY = 12;

	private static final Vocabulary LETTERS = new Vocabulary(Vocabulary.Kind.OPEN,
			List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "\n", " "));

	private final Fitted fitted = new Fitted(Tokenizer.CHARACTERS, LETTERS, LETTERS.id("\n"), false);

	private final SequenceArchitecture architecture = this.fitted
		.architecture(new StackSpec(List.of(new Gru(16, true), new Lstm(12)), false, 0, 6));

	private static Passage passage(int length) {
		int[] ids = new Random(8).ints(length + 1, 0, VOCABULARY).toArray();
		return new Passage(new TokenIds.Ints(ids), 1, length + 1);
	}

	@Test
	void lanesGoOverEveryTokenOnce() {
		Passage passage = passage(1003);
		for (int rows : new int[] { 1, 4, 7 }) {
			Examples lanes = Lanes.of(passage).forBatches(rows);
			assertThat(lanes.size()).isEqualTo(rows);
			List<Integer> inputs = new ArrayList<>();
			List<Integer> targets = new ArrayList<>();
			for (int lane = 0; lane < rows; lane++) {
				Batch batch = lanes.batch(lane);
				assertThat(lanes.steps(lane)).isBetween(1003 / rows, 1003 / rows + 1).isEqualTo(lanes.targets(lane));
				for (int t = 0; t < lanes.steps(lane); t++) {
					inputs.add(((Sequences.Tokens) batch.inputs()).ids()[t]);
					targets.add(((Targets.Classes) batch.targets()).ids()[t]);
				}
			}
			assertThat(inputs).isEqualTo(IntStream.range(0, 1003).mapToObj(passage.ids()::get).toList());
			assertThat(targets).isEqualTo(IntStream.range(1, 1004).mapToObj(passage.ids()::get).toList());
		}
	}

	@Test
	void aSmallCorpusHasFewLanes() {
		assertThat(Lanes.of(passage(130)).forBatches(64).size()).isEqualTo(2);
		assertThat(Lanes.of(passage(20)).forBatches(64).size()).isEqualTo(1);
		assertThat(Lanes.of(passage(0)).forBatches(64).size()).isZero();
	}

	@Test
	void windowsAreThoseThatTheEngineCutsFromWholeLanes() {
		Examples lanes = Lanes.of(passage(331)).forBatches(4);
		TruncatedBptt bptt = new TruncatedBptt(25, 10);
		int[] rows = { 2, 0, 3, 1 };
		List<Window> own = lanes.windows(this.architecture, bptt, rows);
		List<Window> engines = this.architecture.windows(lanes.batch(rows), bptt);
		assertThat(own).hasSameSizeAs(engines);
		for (int i = 0; i < own.size(); i++) {
			assertThat(own.get(i)).usingRecursiveComparison().isEqualTo(engines.get(i));
		}
	}

	@Test
	void lanesWithTheirStateCarriedHaveTheLossOfOnePass() {
		Passage passage = passage(400);
		try (TrainableNetwork<SequenceNetwork> network = network()) {
			double carried = lossInWindows(network, Lanes.of(passage), new TruncatedBptt(30, 30));
			double whole = network.loss(Lanes.of(passage).batch(0));
			assertThat(carried).isCloseTo(whole, within(1e-5));
			assertThat(new CrossEntropy(network.serving(), VOCABULARY).nats(passage) / 400).isCloseTo(whole,
					within(1e-5));
		}
	}

	@Test
	void lanesSideBySideHaveTheLossOfEachAlone() {
		Examples lanes = Lanes.of(passage(402)).forBatches(3);
		try (TrainableNetwork<SequenceNetwork> network = network()) {
			double alone = 0;
			for (int lane = 0; lane < 3; lane++) {
				alone += network.loss(lanes.batch(lane)) * lanes.targets(lane) / 402;
			}
			assertThat(lossInWindows(network, lanes, new TruncatedBptt(30, 30))).isCloseTo(alone, within(1e-5));
		}
	}

	@Test
	void anEvaluationInLanesIsThatOfOnePass() {
		Passage passage = passage(3000);
		try (TrainableNetwork<SequenceNetwork> network = network()) {
			CrossEntropy crossEntropy = new CrossEntropy(network.serving(), VOCABULARY);
			assertThat(crossEntropy.nats(passage, 5)).isCloseTo(crossEntropy.nats(passage, 1), within(1e-2));
		}
	}

	@Test
	void stepByStepGivesTheProbabilitiesOfTheWhole() {
		Passage passage = passage(120);
		try (TrainableNetwork<SequenceNetwork> training = network()) {
			SequenceNetwork network = training.serving();
			float[] whole = network.run(Lanes.of(passage).batch(0).inputs(), network.initialState(1)).outputs();
			State state = network.initialState(1);
			for (int t = 0; t < 120; t++) {
				SequenceNetwork.Result step = network
					.run(new Sequences.Tokens(new int[] { passage.ids().get(t) }, new int[] { 1 }), state);
				state = step.state();
				for (int k = 0; k < VOCABULARY; k++) {
					assertThat(Math.log(step.outputs()[k])).isCloseTo(Math.log(whole[t * VOCABULARY + k]),
							within(1e-4));
				}
			}
		}
	}

	@Test
	void equalSeedsWriteEqualTextsAndOthersOthers() {
		Generator generator = generator();
		String text = text(generator, "abc", 100, List.of(), 1);
		assertThat(text).hasSize(100);
		assertThat(text(generator, "abc", 100, List.of(), 1)).isEqualTo(text);
		assertThat(text(generator, "abc", 100, List.of(), 2)).isNotEqualTo(text);
		assertThat(text(generator, "abcd", 100, List.of(), 1)).isNotEqualTo(text);
	}

	@Test
	void aLongPromptIsReadInPieces() {
		Generator generator = generator();
		String prompt = "abc gh\n".repeat(150);
		Writing writing = writing(generator, prompt, 30, List.of(), 5);
		int pieces = 0;
		while (writing.isReading()) {
			writing.read();
			pieces++;
		}
		assertThat(pieces).isEqualTo(4);
		while (!writing.hasEnded()) {
			writing.write();
		}
		assertThat(writing.text()).isEqualTo(text(generator, prompt, 30, List.of(), 5));
	}

	@Test
	void leavesOutWhatTheModelDoesNotKnow() {
		Generator generator = generator();
		assertThat(text(generator, "a\u3042bXc", 40, List.of(), 3)).isEqualTo(text(generator, "abc", 40, List.of(), 3));
		assertThat(text(generator, "\u3042", 40, List.of(), 3)).isEqualTo(text(generator, "", 40, List.of(), 3));
	}

	@Test
	void readsWhatItDoesNotKnowAsUnknownWhereItHasLearnedTo() {
		Fitted reads = new Fitted(Tokenizer.CHARACTERS, LETTERS, 0, true);
		assertThat(reads.encode("aXb")).containsExactly(LETTERS.id("a"), LETTERS.unknown(), LETTERS.id("b"));
	}

	@Test
	void neverWritesTheUnknownToken() {
		assertThat(text(generator(), "", 2000, List.of(), 9)).doesNotContain("<");
	}

	@Test
	void stopsBeforeAStopString() {
		Generator generator = generator();
		String text = text(generator, "a", 200, List.of(), 4);
		String stop = text.substring(60, 63);
		Writing writing = writing(generator, "a", 200, List.of("no such", stop), 4);
		StringBuilder shown = new StringBuilder();
		while (!writing.hasEnded()) {
			shown.append(writing.write());
		}
		assertThat(writing.text()).isEqualTo(text.substring(0, text.indexOf(stop))).isEqualTo(shown.toString());
		assertThat(writing.reason()).isEqualTo(FinishReason.STOP);
		assertThat(writing.tokens()).isEqualTo(text.indexOf(stop) + 3);
	}

	@Test
	void showsAtTheEndWhatWasHeldBack() {
		Generator generator = generator();
		String text = text(generator, "a", 50, List.of(), 4);
		Writing writing = writing(generator, "a", 50, List.of(text.substring(48) + "and no more"), 4);
		StringBuilder shown = new StringBuilder();
		while (!writing.hasEnded()) {
			shown.append(writing.write());
		}
		assertThat(shown).hasToString(text);
		assertThat(writing.reason()).isEqualTo(FinishReason.LENGTH);
	}

	@Test
	void endsWhereTheModelEndsTheText() {
		Vocabulary ended = new Vocabulary(Vocabulary.Kind.ENDED, LETTERS.tokens().subList(0, VOCABULARY - 2));
		Fitted texts = new Fitted(Tokenizer.CHARACTERS, ended, ended.end(), false);
		Writing writing;
		try (TrainableNetwork<SequenceNetwork> network = network()) {
			writing = writing(new Generator(texts, network.serving()), "", 100_000, List.of("no such"), 1);
		}
		while (!writing.hasEnded()) {
			writing.write();
		}
		assertThat(writing.reason()).isEqualTo(FinishReason.END);
		assertThat(writing.text()).hasSize(writing.tokens()).doesNotContain("<");
		assertThat(writing.write()).isEmpty();
	}

	@Test
	void holdsOutWhatComesLastInAText() {
		String text = "abcdefghij".repeat(20) + "z".repeat(20) + "y".repeat(20);
		PreparedGeneration task = prepare(DataFormat.TEXT, text, new Split(20 / 240.0, 20 / 240.0, 1));
		assertThat(text(task, task.corpus().training())).isEqualTo(text.substring(1, 200));
		assertThat(task.corpus().validation().length()).isEqualTo(20);
		assertThat(task.corpus().test().length()).isEqualTo(20);
		// what is held out has taught the vocabulary nothing
		assertThat(task.corpus().vocabulary().contains("z")).isFalse();
		assertThat(text(task, task.corpus().validation())).isEqualTo("<unk>".repeat(20));
		assertThat(task.corpus().readsUnknown()).isFalse();
	}

	/** However it is read: it is longer than the pieces that are. */
	@Test
	void aLongTextIsOne() {
		String text = "the quick brown fox\n".repeat(20_000);
		PreparedGeneration task = prepare(DataFormat.TEXT, "\n".repeat(140_000) + text, new Split(0.1, 0.1, 1));
		assertThat(text(task, task.corpus().training()) + text(task, task.corpus().validation())
				+ text(task, task.corpus().test()))
			.endsWith(text.substring(1))
			.doesNotContain("</s>");
		assertThat(task.corpus().validation().length()).isBetween(40_000, 54_000);
		assertThat(task.corpus().test().to())
			.isEqualTo(task.corpus().validation().to() + task.corpus().test().length());
	}

	@Test
	void textsEndWithTheEndToken() {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < 20; i++) {
			lines.append("{\"text\": \"line\\n").append((char) ('a' + i)).append("\"}\n");
		}
		PreparedGeneration task = prepare(DataFormat.JSONL, lines.toString(), new Split(0.2, null, 1));
		String training = text(task, task.corpus().training());
		assertThat(training).matches("(line\n[^<]</s>)+");
		assertThat(training.split("</s>", -1)).hasSize(17);
		assertThat(text(task, task.corpus().validation()).split("</s>", -1)).hasSize(5);
		assertThat(task.corpus().start()).isEqualTo(task.corpus().vocabulary().end());
		assertThat(task.corpus().training().ids().get(0)).isEqualTo(task.corpus().vocabulary().end());
	}

	@Test
	void rareWordsAreUnknownWhereTheVocabularyIsSmall() {
		String text = "the cat and the dog and the owl\n".repeat(20) + "x y z\n";
		Generation generation = new Generation(TokenKind.WORDS, 10);
		PreparedGeneration task = (PreparedGeneration) generation
			.prepare(DataSource.of(DataFormat.TEXT, "x y z q r s t u v\n" + text), null, new Split(0.1, null, 1));
		assertThat(task.corpus().vocabulary().size()).isEqualTo(10);
		assertThat(task.corpus().readsUnknown()).isTrue();
		assertThat(task.corpus().vocabulary().tokens()).contains(" the", " and", "\n");
	}

	@Test
	void idsTakeTwoBytesWhereTheyFit() {
		int[] ids = { 0, 65_535, 3 };
		assertThat(TokenIds.of(ids, 65_536)).isInstanceOf(TokenIds.Chars.class);
		assertThat(TokenIds.of(ids, 65_537)).isInstanceOf(TokenIds.Ints.class);
		for (int vocabulary : new int[] { 65_536, 65_537 }) {
			TokenIds kept = TokenIds.of(ids, vocabulary);
			assertThat(IntStream.range(0, kept.length()).map(kept::get)).containsExactly(0, 65_535, 3);
		}
	}

	private static PreparedGeneration prepare(DataFormat format, String data, Split split) {
		return (PreparedGeneration) new Generation(TokenKind.CHARACTERS, 1000).prepare(DataSource.of(format, data),
				null, split);
	}

	private static String text(PreparedGeneration task, Passage passage) {
		StringBuilder text = new StringBuilder();
		for (int i = passage.from(); i < passage.to(); i++) {
			text.append(task.corpus().vocabulary().token(passage.ids().get(i)));
		}
		return text.toString();
	}

	private TrainableNetwork<SequenceNetwork> network() {
		return this.architecture.trainable(OptimizerSpec.standard(), new GradientClipping(1.0), 3);
	}

	private double lossInWindows(TrainableNetwork<?> network, Examples lanes, TruncatedBptt bptt) {
		double loss = 0;
		int targets = 0;
		State state = null;
		for (Window window : lanes.windows(this.architecture, bptt, IntStream.range(0, lanes.size()).toArray())) {
			TrainableNetwork.Pass pass = network.loss(window, state);
			loss += pass.loss() * window.targets();
			targets += window.targets();
			state = pass.after();
		}
		return loss / targets;
	}

	private Generator generator() {
		try (TrainableNetwork<SequenceNetwork> network = network()) {
			return new Generator(this.fitted, network.serving());
		}
	}

	private static Writing writing(Generator generator, String prompt, int maxTokens, List<String> stop, long seed) {
		return generator.write(new GenerationRequest(prompt, maxTokens, new Sampling(1, null, null), stop, seed));
	}

	private static String text(Generator generator, String prompt, int maxTokens, List<String> stop, long seed) {
		Writing writing = writing(generator, prompt, maxTokens, stop, seed);
		while (!writing.hasEnded()) {
			writing.write();
		}
		return writing.text();
	}

}
