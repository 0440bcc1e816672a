package io.unfold.task.translation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

import io.unfold.data.Tokenizer;
import io.unfold.data.Vocabulary;
import io.unfold.nn.decoding.Constraints;
import io.unfold.nn.decoding.Phrase;
import io.unfold.task.sequence.TokenEncoder;

/**
 * Makes phrases, which a search must write, of terms that a glossary prescribes.
 */
final class Phrasing {

	private final TokenEncoder target;

	private final BitSet runOn = new BitSet();

	private final BitSet endOpen = new BitSet();

	private final int separator;

	Phrasing(TokenEncoder target) {
		this.target = target;
		Vocabulary vocabulary = target.vocabulary();
		this.separator = vocabulary.contains(" ") ? vocabulary.id(" ") : -1;
		if (!Tokenizer.WORDS.equals(target.tokenizer())) {
			for (int id = vocabulary.size() - vocabulary.tokens().size(); id < vocabulary.size(); id++) {
				this.runOn.set(id, startsInWord(vocabulary.token(id)));
				this.endOpen.set(id, endsInWord(vocabulary.token(id)));
			}
			// what stands for it in the end may be a letter
			this.runOn.set(vocabulary.unknown());
			this.endOpen.set(vocabulary.unknown());
		}
	}

	private static boolean startsInWord(String token) {
		return Spelling.joins(token.codePointAt(0));
	}

	private static boolean endsInWord(String token) {
		return Spelling.joins(token.codePointBefore(token.length()));
	}

	/**
	 * @param rows the terms in the text of each row
	 */
	Constraints constraints(List<List<Occurrence>> rows) {
		if (rows.stream().allMatch(List::isEmpty)) {
			return Constraints.NONE;
		}
		return new Constraints(rows.stream().map((row) -> row.stream().map(this::phrase).toList()).toList(), this.runOn,
				this.endOpen, this.separator);
	}

	private Phrase phrase(Occurrence term) {
		List<String> tokens = this.target.tokenizer().split(term.target());
		boolean words = Tokenizer.WORDS.equals(this.target.tokenizer());
		return new Phrase(placeholders(this.target.vocabulary().encode(tokens)),
				tokens.stream().allMatch(this.target.vocabulary()::contains) && isSpelled(tokens, term.target()),
				term.from(), term.to(), !words && this.separator >= 0 && startsInWord(tokens.get(0)),
				!words && endsInWord(term.target().stripTrailing()));
	}

	/**
	 * One unknown token for all that follow one another: the decoder need not know how
	 * many words there are that it does not know.
	 */
	private int[] placeholders(int[] ids) {
		int unknown = this.target.vocabulary().unknown();
		return IntStream.range(0, ids.length)
			.filter((i) -> i == 0 || ids[i] != unknown || ids[i - 1] != unknown)
			.map((i) -> ids[i])
			.toArray();
	}

	/** Whether the tokens alone write the text as it is. */
	private boolean isSpelled(List<String> tokens, String text) {
		return this.target.tokenizer().join(new ArrayList<>(tokens)).equals(text);
	}

	/** The text of a term as a token among others. */
	String surface(Occurrence term) {
		boolean spaced = !Tokenizer.WORDS.equals(this.target.tokenizer())
				&& this.target.tokenizer().split(term.target()).get(0).startsWith(" ");
		return (spaced ? " " : "") + term.target();
	}

}
