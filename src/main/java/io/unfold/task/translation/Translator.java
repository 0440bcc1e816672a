package io.unfold.task.translation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.unfold.nn.decoding.BeamSearch;
import io.unfold.nn.decoding.Hypothesis;
import io.unfold.nn.decoding.Likelihood;
import io.unfold.nn.decoding.Markers;
import io.unfold.nn.decoding.Search;
import io.unfold.nn.network.EncoderDecoderNetwork;
import io.unfold.nn.network.State;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.TrainedTask;
import io.unfold.task.sequence.LengthBatches;
import io.unfold.task.sequence.SequenceRecords;
import io.unfold.task.sequence.TokenEncoder;
import org.jspecify.annotations.Nullable;

/** A trained translation model. */
public final class Translator implements TrainedTask {

	/** Terms of a glossary in one text at most. */
	private static final int MOST_OCCURRENCES = 100;

	private final PreparedTranslation.Fitted fitted;

	private final EncoderDecoderNetwork network;

	private final Phrasing phrasing;

	private final Wording wording;

	Translator(PreparedTranslation.Fitted fitted, EncoderDecoderNetwork network) {
		this.fitted = fitted;
		this.network = network;
		this.phrasing = new Phrasing(fitted.target());
		this.wording = new Wording(fitted.source(), fitted.target(), this.phrasing);
	}

	/** Beginnings that a search keeps, unless something else is asked for. */
	public int beamWidth() {
		return this.fitted.beamWidth();
	}

	/**
	 * Translations of each text, best first: as many as the beam found.
	 * @throws InvalidRequestException with pointers {@code /texts/i}
	 */
	public List<List<Translated>> translate(List<String> texts, TranslationOptions options) {
		Occurrence.Finder finder = new Occurrence.Finder(this.fitted.source().tokenizer(), options.glossary());
		List<Source> sources = new ArrayList<>();
		for (String text : texts) {
			String pointer = "/texts/" + sources.size();
			List<String> tokens = SequenceRecords.tokens(this.fitted.source().tokenizer(), text, pointer);
			List<Occurrence> terms = finder.in(tokens);
			if (terms.size() > MOST_OCCURRENCES) {
				throw new InvalidRequestException(pointer, "has " + terms.size()
						+ " terms of the glossary: a text has at most " + MOST_OCCURRENCES + "; divide it");
			}
			sources
				.add(new Source(tokens, terms, new TokenEncoder.Ids(this.fitted.source().vocabulary().encode(tokens))));
		}
		int beamWidth = (options.beamWidth() != null) ? options.beamWidth() : this.fitted.beamWidth();
		double lengthPenalty = (options.lengthPenalty() != null) ? options.lengthPenalty()
				: this.fitted.lengthPenalty();
		int maxLength = (options.maxLength() != null) ? options.maxLength() : this.fitted.maxLength();
		List<List<Translated>> translations = new ArrayList<>(Collections.nCopies(sources.size(), List.of()));
		for (int[] rows : LengthBatches.of(sources.stream().map(Source::ids).toList())) {
			List<Source> batch = IntStream.of(rows).mapToObj(sources::get).toList();
			Search search = new BeamSearch(markers(), beamWidth, lengthPenalty,
					this.phrasing.constraints(batch.stream().map(Source::terms).toList()));
			List<List<Hypothesis>> found = search.search(this.network,
					this.network.encode(TokenEncoder.pack(batch.stream().map((source) -> source.ids().ids()).toList())),
					maxLength);
			for (int i = 0; i < rows.length; i++) {
				Source source = batch.get(i);
				translations.set(rows[i],
						found.get(i)
							.stream()
							.map((one) -> this.wording.of(source.tokens(), source.terms(), one))
							.toList());
			}
		}
		return translations;
	}

	/** Without attention nothing could stand for an unknown token. */
	private Markers markers() {
		Markers markers = this.fitted.markers();
		return aligns() ? new Markers(markers.start(), markers.end(), Set.of(markers.start())) : markers;
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
			total += new Likelihood(markers()).logProbability(this.network, start, targets);
			tokens += targets.stream().mapToLong((target) -> target.length + 1).sum();
		}
		return Math.exp(-total / tokens);
	}

	/** Whether the model tells which source tokens each token comes from. */
	public boolean aligns() {
		return this.network.attends();
	}

	/**
	 * A text to translate.
	 *
	 * @param terms of the glossary in it
	 */
	private record Source(List<String> tokens, List<Occurrence> terms, TokenEncoder.Ids ids) {
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
	 * @param sourceTokens as they were read; words, where the model reads subwords
	 * @param targetTokens as they were written; words, where the model writes subwords,
	 * and terms of a glossary each as one
	 * @param weights for each target token those of the source tokens, which sum to 1
	 */
	public record Alignment(List<String> sourceTokens, List<String> targetTokens, List<float[]> weights) {
	}

}
