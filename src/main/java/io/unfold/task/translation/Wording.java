package io.unfold.task.translation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.unfold.data.Subwords;
import io.unfold.data.Tokenizer;
import io.unfold.nn.decoding.Hypothesis;
import io.unfold.task.sequence.TokenEncoder;
import io.unfold.task.translation.Translator.Alignment;
import io.unfold.task.translation.Translator.Translated;

/**
 * Words what a search has written. A term of a glossary is put as it was given. For an
 * unknown token stands the source token with the most attention (Luong et al. 2015,
 * arXiv:1410.8206; Jean et al. 2015, arXiv:1412.2007), or of a word the translation that
 * a glossary has for it. Subwords are aligned as the words that they make: an attention
 * weight of a word is the sum over its pieces in the source, and the mean over its pieces
 * in the target.
 */
final class Wording {

	private final TokenEncoder source;

	private final TokenEncoder target;

	private final Phrasing phrasing;

	Wording(TokenEncoder source, TokenEncoder target, Phrasing phrasing) {
		this.source = source;
		this.target = target;
		this.phrasing = phrasing;
	}

	/**
	 * @param tokens of the source
	 * @param terms in it
	 */
	Translated of(List<String> tokens, List<Occurrence> terms, Hypothesis hypothesis) {
		Map<Integer, Hypothesis.Placement> placements = new HashMap<>();
		hypothesis.placements().forEach((place) -> placements.put(place.from(), place));
		List<String> written = new ArrayList<>();
		List<float[]> weights = new ArrayList<>();
		boolean attends = !hypothesis.attention().isEmpty();
		for (int i = 0; i < hypothesis.tokens().size();) {
			Hypothesis.Placement place = placements.get(i);
			int to = (place != null) ? place.to() : i + 1;
			List<float[]> attention = attends ? hypothesis.attention().subList(i, to) : List.of();
			if (place != null) {
				written.add(this.phrasing.surface(terms.get(place.phrase())));
			}
			else if (attends && hypothesis.tokens().get(i) == this.target.vocabulary().unknown()) {
				written.add(carried(tokens, terms, attention.get(0)));
			}
			else {
				written.add(this.target.vocabulary().token(hypothesis.tokens().get(i)));
			}
			if (attends) {
				weights.add(mean(attention));
			}
			i = to;
		}
		String text = this.target.tokenizer().join(written);
		return new Translated(text, hypothesis.score(), attends ? alignment(tokens, written, weights) : null);
	}

	private String carried(List<String> tokens, List<Occurrence> terms, float[] attention) {
		int most = 0;
		for (int i = 1; i < attention.length; i++) {
			most = (attention[i] > attention[most]) ? i : most;
		}
		int at = most;
		return terms.stream()
			.filter((term) -> Tokenizer.WORDS.equals(this.target.tokenizer()) && term.from() <= at && at < term.to())
			.findFirst()
			.map(this.phrasing::surface)
			.orElse(tokens.get(at));
	}

	private Alignment alignment(List<String> tokens, List<String> written, List<float[]> weights) {
		if (!(this.source.tokenizer() instanceof Subwords) || written.isEmpty()) {
			return new Alignment(tokens, written, weights);
		}
		Spelling sources = Spelling.of(this.source.tokenizer(), tokens);
		Spelling targets = Spelling.of(this.target.tokenizer(), written);
		List<int[]> words = sources.words();
		List<float[]> merged = new ArrayList<>();
		for (int[] pieces : targets.words()) {
			float[] mean = mean(weights.subList(pieces[0], pieces[1]));
			float[] sums = new float[words.size()];
			for (int word = 0; word < sums.length; word++) {
				for (int i = words.get(word)[0]; i < words.get(word)[1]; i++) {
					sums[word] += mean[i];
				}
			}
			merged.add(sums);
		}
		return new Alignment(texts(sources, words), texts(targets, targets.words()), merged);
	}

	private static List<String> texts(Spelling spelling, List<int[]> words) {
		return words.stream()
			.map((word) -> spelling.text().substring(spelling.starts()[word[0]], spelling.ends()[word[1] - 1]).strip())
			.toList();
	}

	private static float[] mean(List<float[]> all) {
		float[] mean = new float[all.get(0).length];
		for (float[] one : all) {
			for (int i = 0; i < mean.length; i++) {
				mean[i] += one[i] / all.size();
			}
		}
		return mean;
	}

}
