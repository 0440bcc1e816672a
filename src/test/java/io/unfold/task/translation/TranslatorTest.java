package io.unfold.task.translation;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import io.unfold.data.TokenKind;
import io.unfold.data.Tokenizer;
import io.unfold.data.Vocabulary;
import io.unfold.nn.network.EncoderDecoderNetwork;
import io.unfold.nn.network.EncoderDecoderSpec;
import io.unfold.nn.network.GradientClipping;
import io.unfold.nn.network.OptimizerSpec;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.TrainableNetwork;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.sequence.TokenEncoder;
import io.unfold.task.translation.Translator.Alignment;
import io.unfold.task.translation.Translator.Translated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * Translators whose networks have learned nothing: whatever must be in an answer is there
 * against all that they would write.
 */
class TranslatorTest {

	private static final List<String> SOURCES = List.of("the red dog sees a cat", "a cat in new york, no. 12",
			"two red cats", "the dog: red or new?");

	private static final List<String> TARGETS = List.of("der rote hund sieht eine katze",
			"eine katze in new york, nr. 12", "zwei rote katzen", "der hund: rot oder neu?");

	private static Translator translator(TokenKind kind, String attention, long seed) {
		TokenEncoder source = encoder(kind, Vocabulary.Kind.OPEN, SOURCES);
		TokenEncoder target = encoder(kind, Vocabulary.Kind.MARKED, TARGETS);
		PreparedTranslation.Fitted fitted = new PreparedTranslation.Fitted(source, target, 12, 4, 1);
		EncoderDecoderSpec spec = (EncoderDecoderSpec) JsonMapper.shared()
			.readValue(
					"""
							{"encoder": {"layers": [{"cell": "gru", "units": 8}]}, "decoder": {"layers": [{"cell": "gru", "units": 8}]},
							 "embedding": 6, "attention": "%s"}"""
						.formatted(attention),
					NetworkSpec.class);
		try (TrainableNetwork<EncoderDecoderNetwork> network = fitted.architecture(spec)
			.trainable(OptimizerSpec.standard(), GradientClipping.none(), seed)) {
			return new Translator(fitted, network.serving());
		}
	}

	private static TokenEncoder encoder(TokenKind kind, Vocabulary.Kind vocabulary, List<String> texts) {
		Tokenizer tokenizer = kind.learn(texts.stream(), vocabulary, 60);
		return new TokenEncoder(tokenizer, tokenizer.vocabulary(vocabulary, texts.stream().map(tokenizer::split), 60));
	}

	private static TranslationOptions options(int beamWidth, Glossary glossary) {
		return new TranslationOptions(beamWidth, null, null, glossary);
	}

	@ParameterizedTest
	@CsvSource({ "WORDS, none", "WORDS, general", "CHARACTERS, none", "CHARACTERS, additive", "SUBWORDS, none",
			"SUBWORDS, dot" })
	void termsOfAGlossaryComeOutAsGivenWhateverTheyAre(TokenKind kind, String attention) {
		Random random = new Random(5);
		List<String> words = List.of("the", "red", "dog", "cat", "new", "york", "12", "unseen", ",");
		List<String> targets = List.of("hund", "rote katze", "Zürich!", "42", "a  b", "новый", "KATZE", "x-y", "eine,");
		List<Translator> translators = Stream.of(1, 2, 3).map((seed) -> translator(kind, attention, seed)).toList();
		for (int trial = 0; trial < 40; trial++) {
			Translator translator = translators.get(trial % translators.size());
			Map<String, String> terms = new LinkedHashMap<>();
			for (int i = random.nextInt(4); i >= 0; i--) {
				terms.put(pick(words.subList(0, 8), random) + (random.nextBoolean() ? "" : " " + pick(words, random)),
						pick(targets, random));
			}
			Glossary glossary = new Glossary(terms.entrySet()
				.stream()
				.map((term) -> new Glossary.Term(term.getKey(), term.getValue()))
				.toList());
			StringBuilder text = new StringBuilder("the");
			for (int i = random.nextInt(6); i >= 0; i--) {
				text.append(" ").append(pick(words, random));
			}
			Tokenizer tokenizer = encoder(kind, Vocabulary.Kind.OPEN, SOURCES).tokenizer();
			List<Occurrence> expected = new Occurrence.Finder(tokenizer, glossary).in(tokenizer.split(text.toString()));
			for (int width : new int[] { 1, 4 }) {
				for (Translated answer : translator.translate(List.of(text.toString()), options(width, glossary))
					.get(0)) {
					for (String target : new LinkedHashSet<>(expected.stream().map(Occurrence::target).toList())) {
						assertThat(occurrences(answer.text(), target)).as("%s -> %s", text, answer.text())
							.isGreaterThanOrEqualTo(
									(int) expected.stream().filter((one) -> one.target().equals(target)).count());
					}
				}
			}
		}
	}

	/** Those that are no part of a longer word, as terms must be. */
	private static int occurrences(String text, String term) {
		int count = 0;
		for (int at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
			int end = at + term.length();
			boolean begins = at == 0 || !Spelling.joins(text.codePointBefore(at))
					|| !Spelling.joins(term.codePointAt(0));
			boolean ends = end == text.length() || !Spelling.joins(text.codePointAt(end))
					|| !Spelling.joins(term.codePointBefore(term.length()));
			count += (begins && ends) ? 1 : 0;
		}
		return count;
	}

	private static String pick(List<String> some, Random random) {
		return some.get(random.nextInt(some.size()));
	}

	@Test
	void textsWithoutTermsAreTranslatedAsWithoutAGlossary() {
		Translator translator = translator(TokenKind.WORDS, "general", 3);
		List<String> texts = List.of("the red dog", "a cat");
		List<List<Translated>> with = translator.translate(texts,
				options(4, new Glossary(List.of(new Glossary.Term("dog", "Wau")))));
		List<List<Translated>> without = translator.translate(texts, options(4, Glossary.EMPTY));
		assertThat(with.get(1).stream().map(Translated::text))
			.isEqualTo(without.get(1).stream().map(Translated::text).toList());
		assertThat(with.get(0)).allSatisfy((one) -> assertThat(one.text()).contains("Wau"));
	}

	@Test
	void glossaryMayAskForMoreThanTheLengthLimit() {
		Translator translator = translator(TokenKind.CHARACTERS, "none", 1);
		String target = "a very long translation of one word";
		List<List<Translated>> found = translator.translate(List.of("dog dog"),
				new TranslationOptions(2, null, 1, new Glossary(List.of(new Glossary.Term("dog", target)))));
		assertThat(found.get(0).get(0).text()).containsSubsequence(target, target);
	}

	@Test
	void refusesATextWithTooManyTerms() {
		Translator translator = translator(TokenKind.WORDS, "none", 1);
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> translator.translate(List.of("a cat", "dog ".repeat(101)),
					options(1, new Glossary(List.of(new Glossary.Term("dog", "Hund"))))))
			.satisfies((ex) -> assertThat(ex.violations().get(0).pointer()).isEqualTo("/texts/1"))
			.withMessageContaining("101 terms");
	}

	@ParameterizedTest
	@EnumSource(TokenKind.class)
	void unknownTokensAreCarriedOverFromTheSourceAndNeverWritten(TokenKind kind) {
		Set<String> carried = new LinkedHashSet<>();
		for (int seed = 0; seed < 20; seed++) {
			for (List<Translated> found : translator(kind, "general", seed)
				.translate(List.of("Žižek Łódź", "the Žižek"), options(4, Glossary.EMPTY))) {
				for (Translated one : found) {
					assertThat(one.text()).doesNotContain(Vocabulary.UNKNOWN);
					Stream.of("Ž", "Ł", "ź").filter(one.text()::contains).forEach(carried::add);
				}
			}
			for (Translated one : translator(kind, "none", seed)
				.translate(List.of("Žižek Łódź"), options(4, Glossary.EMPTY))
				.get(0)) {
				assertThat(one.text()).doesNotContain(Vocabulary.UNKNOWN, "Ž", "Ł");
			}
		}
		assertThat(carried).isNotEmpty();
	}

	@Test
	void subwordsAreAlignedAsWords() {
		Translator translator = translator(TokenKind.SUBWORDS, "dot", 2);
		Glossary glossary = new Glossary(List.of(new Glossary.Term("cat", "graue Katze")));
		for (Translated one : translator
			.translate(List.of("the red dog sees an unseen cat, no. 12"), options(4, glossary))
			.get(0)) {
			Alignment alignment = one.alignment();
			assertThat(alignment.sourceTokens()).containsExactly("the", "red", "dog", "sees", "an", "unseen", "cat",
					",", "no", ".", "12");
			assertThat(alignment.targetTokens()).contains("graue Katze");
			assertThat(String.join("", alignment.targetTokens()).replace(" ", ""))
				.isEqualTo(one.text().replace(" ", ""));
			assertThat(alignment.weights()).hasSameSizeAs(alignment.targetTokens());
			for (float[] weights : alignment.weights()) {
				double sum = 0;
				for (float weight : weights) {
					sum += weight;
				}
				assertThat(weights).hasSize(11);
				assertThat(sum).isCloseTo(1, within(1e-5));
			}
		}
	}

}
