package io.unfold.task.translation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.unfold.data.ListView;
import io.unfold.data.Tokenizer;
import io.unfold.data.Vocabulary;
import io.unfold.nn.decoding.Markers;
import io.unfold.nn.network.Architecture;
import io.unfold.nn.network.EncoderDecoderArchitecture;
import io.unfold.nn.network.EncoderDecoderNetwork;
import io.unfold.nn.network.EncoderDecoderSpec;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.Tensors;
import io.unfold.task.Evaluation;
import io.unfold.task.Examples;
import io.unfold.task.PreparedTask;
import io.unfold.task.Split;
import io.unfold.task.sequence.TokenEncoder;
import io.unfold.task.text.BleuTokenizer;
import io.unfold.task.text.EncodedTexts;
import io.unfold.task.text.TeacherForcing;
import io.unfold.task.text.TextMetrics;
import io.unfold.task.translation.Translation.Pair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pairs of sentences and their vocabularies. */
record PreparedTranslation(EncoderDecoderSpec spec, Fitted fitted, List<Pair> pairs, BleuTokenizer bleuTokenizer,
		Split.Parts parts, Path scratch) implements PreparedTask<EncoderDecoderNetwork> {

	/**
	 * Held-out pairs that are translated for the evaluation at most: writing takes far
	 * longer than training on them.
	 */
	private static final int MOST_EVALUATED = 2_000;

	@Override
	public NetworkSpec network() {
		return this.spec;
	}

	@Override
	public Architecture<EncoderDecoderNetwork> architecture() {
		return this.fitted.architecture(this.spec);
	}

	@Override
	public Examples training() {
		return part(this.parts.training());
	}

	@Override
	public Examples validation() {
		return part(this.parts.validation());
	}

	private Examples part(int[] rows) {
		EncodedTexts sources = EncodedTexts.of(ListView.of(rows, (i) -> this.pairs.get(i).source()),
				this.fitted.source(), "/source", this.scratch);
		EncodedTexts targets = EncodedTexts.of(ListView.of(rows, (i) -> this.pairs.get(i).target()),
				this.fitted.target(), "/target", this.scratch);
		return new PairExamples(sources, new TeacherForcing(targets, this.fitted.markers()));
	}

	@Override
	public Evaluation evaluate(EncoderDecoderNetwork network) {
		List<Pair> heldOut = IntStream.of(this.parts.evaluation())
			.limit(MOST_EVALUATED)
			.mapToObj(this.pairs::get)
			.toList();
		Tokenizer source = this.fitted.source().tokenizer();
		Tokenizer target = this.fitted.target().tokenizer();
		Translator translator = new Translator(this.fitted, network);
		List<String> answers = translator
			.translate(heldOut.stream().map(Pair::source).toList(), TranslationOptions.STANDARD)
			.stream()
			.map((hypotheses) -> hypotheses.get(0).text())
			.toList();
		List<String> truth = heldOut.stream().map((pair) -> target.join(target.split(pair.target()))).toList();
		List<String> copies = heldOut.stream().map((pair) -> source.join(source.split(pair.source()))).toList();
		List<String> references = heldOut.stream().map(Pair::target).toList();
		Map<String, Double> metrics = TextMetrics.of(answers, references, truth, this.bleuTokenizer);
		metrics.put("perplexity", translator.perplexity(heldOut));
		Map<String, Double> naive = TextMetrics.of(copies, references, truth, this.bleuTokenizer);
		return Evaluation.of(this.parts.evaluationName(), heldOut.size(), metrics,
				new Evaluation.Baseline("copy of the source", naive), TextMetrics.characterErrorRate(metrics),
				TextMetrics.characterErrorRate(naive));
	}

	/**
	 * What is fitted to the training part.
	 *
	 * @param maxLength tokens that an answer has at most unless a request says otherwise
	 * @param beamWidth beginnings that a search keeps unless a request says otherwise
	 * @param lengthPenalty unless a request says otherwise
	 */
	record Fitted(TokenEncoder source, TokenEncoder target, int maxLength, int beamWidth, double lengthPenalty) {

		static Fitted read(JsonNode fitted) {
			return JsonMapper.shared().treeToValue(fitted, Fitted.class);
		}

		Markers markers() {
			Vocabulary tokens = this.target.vocabulary();
			return new Markers(tokens.start(), tokens.end(), Set.of(tokens.start(), tokens.unknown()));
		}

		EncoderDecoderArchitecture architecture(EncoderDecoderSpec spec) {
			return new EncoderDecoderArchitecture(this.source.vocabulary().size(), this.target.vocabulary().size(),
					this.source.equals(this.target), spec);
		}

		Translator translator(EncoderDecoderSpec spec, Tensors parameters) {
			return new Translator(this, architecture(spec).serving(parameters));
		}

	}

}
