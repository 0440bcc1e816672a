package io.unfold.task.translation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import io.unfold.nn.decoding.BeamSearch;
import io.unfold.nn.decoding.GreedySearch;
import io.unfold.nn.decoding.Hypothesis;
import io.unfold.nn.decoding.Likelihood;
import io.unfold.nn.decoding.Search;
import io.unfold.nn.network.EncoderDecoderNetwork;
import io.unfold.nn.network.State;
import io.unfold.task.TrainedTask;
import io.unfold.task.sequence.LengthBatches;
import io.unfold.task.sequence.SequenceRecords;
import io.unfold.task.sequence.TokenEncoder;
import org.jspecify.annotations.Nullable;

/** A trained translation model. */
public final class Translator implements TrainedTask {

	private final PreparedTranslation.Fitted fitted;

	private final EncoderDecoderNetwork network;

	Translator(PreparedTranslation.Fitted fitted, EncoderDecoderNetwork network) {
		this.fitted = fitted;
		this.network = network;
	}

	/**
	 * Translations of each text, best first: as many as the beam found.
	 * @param beamWidth 1 is greedy search
	 * @param maxLength tokens of an answer at most; null takes the model's limit
	 * @throws io.unfold.problem.InvalidRequestException with pointers {@code /texts/i}
	 */
	public List<List<Translated>> translate(List<String> texts, int beamWidth, @Nullable Integer maxLength) {
		List<List<String>> sources = new ArrayList<>();
		for (String text : texts) {
			sources.add(SequenceRecords.tokens(this.fitted.source().tokenizer(), text, "/texts/" + sources.size()));
		}
		Search search = (beamWidth == 1) ? new GreedySearch(this.fitted.markers())
				: new BeamSearch(this.fitted.markers(), beamWidth);
		return translate(sources, search, (maxLength != null) ? maxLength : this.fitted.maxLength());
	}

	List<List<Translated>> translate(List<List<String>> sources, Search search, int maxLength) {
		List<TokenEncoder.Ids> encoded = sources.stream()
			.map((tokens) -> new TokenEncoder.Ids(this.fitted.source().vocabulary().encode(tokens)))
			.toList();
		List<List<Translated>> translations = new ArrayList<>(Collections.nCopies(sources.size(), List.of()));
		for (int[] rows : LengthBatches.of(encoded)) {
			List<List<Hypothesis>> found = search.search(this.network,
					this.network
						.encode(TokenEncoder.pack(IntStream.of(rows).mapToObj((i) -> encoded.get(i).ids()).toList())),
					maxLength);
			for (int i = 0; i < rows.length; i++) {
				List<String> source = sources.get(rows[i]);
				translations.set(rows[i],
						found.get(i).stream().map((hypothesis) -> translated(source, hypothesis)).toList());
			}
		}
		return translations;
	}

	/**
	 * exp of the mean negative log-likelihood per target token, ends counted, each token
	 * given the true ones before it.
	 */
	double perplexity(List<Translation.Pair> pairs) {
		List<TokenEncoder.Ids> sources = pairs.stream()
			.map((pair) -> new TokenEncoder.Ids(this.fitted.source().encode(pair.source(), "/source")))
			.toList();
		double total = 0;
		long tokens = 0;
		for (int[] rows : LengthBatches.of(sources)) {
			State start = this.network
				.encode(TokenEncoder.pack(IntStream.of(rows).mapToObj((i) -> sources.get(i).ids()).toList()));
			List<int[]> targets = IntStream.of(rows)
				.mapToObj((i) -> this.fitted.target().encode(pairs.get(i).target(), "/target"))
				.toList();
			total += new Likelihood(this.fitted.markers()).logProbability(this.network, start, targets);
			tokens += targets.stream().mapToLong((target) -> target.length + 1).sum();
		}
		return Math.exp(-total / tokens);
	}

	private Translated translated(List<String> source, Hypothesis hypothesis) {
		List<String> tokens = hypothesis.tokens().stream().map(this.fitted.target().vocabulary()::token).toList();
		return new Translated(this.fitted.target().tokenizer().join(tokens), hypothesis.score(),
				aligns() ? new Alignment(source, tokens, hypothesis.attention()) : null);
	}

	/** Whether the model tells which source tokens each token comes from. */
	public boolean aligns() {
		return this.network.attends();
	}

	/**
	 * @param score mean log-probability per token, in nats
	 * @param alignment null where the model does not align
	 */
	public record Translated(String text, double score, @Nullable Alignment alignment) {
	}

	/**
	 * Where a decoder looked as it wrote.
	 *
	 * @param sourceTokens as they were read
	 * @param targetTokens as they were written
	 * @param weights for each target token those of the source tokens, which sum to 1
	 */
	public record Alignment(List<String> sourceTokens, List<String> targetTokens, List<float[]> weights) {
	}

}
