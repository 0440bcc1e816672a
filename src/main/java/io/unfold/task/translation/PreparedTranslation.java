package io.unfold.task.translation;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import io.unfold.data.ListView;
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
import io.unfold.task.text.HeldOutTexts;
import io.unfold.task.translation.Translation.Pair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pairs of sentences and their vocabularies. */
record PreparedTranslation(EncoderDecoderSpec spec, Fitted fitted, List<Pair> pairs, BleuTokenizer bleuTokenizer,
		Split.Parts parts, Path scratch) implements PreparedTask<EncoderDecoderNetwork> {

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

	/** Beside the sources, as if they were translations. */
	@Override
	public Evaluation evaluate(EncoderDecoderNetwork network) {
		List<Pair> heldOut = IntStream.of(HeldOutTexts.rows(this.parts)).mapToObj(this.pairs::get).toList();
		List<String> sources = heldOut.stream().map(Pair::source).toList();
		Translator translator = new Translator(this.fitted, network);
		List<String> answers = translator.translate(sources, TranslationOptions.STANDARD)
			.stream()
			.map((hypotheses) -> hypotheses.get(0).text())
			.toList();
		return new HeldOutTexts(this.parts.evaluationName(), heldOut.stream().map(Pair::target).toList(),
				this.fitted.target().tokenizer(), this.bleuTokenizer)
			.evaluation(answers, translator.perplexity(heldOut), "copy of the source",
					sources.stream().map(this.fitted.source().tokenizer()::rejoined).toList());
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
			return this.target.markers();
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
