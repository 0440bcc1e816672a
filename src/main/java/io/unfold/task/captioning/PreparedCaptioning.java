package io.unfold.task.captioning;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

import io.unfold.data.ListView;
import io.unfold.data.Tokenizer;
import io.unfold.nn.decoding.Markers;
import io.unfold.nn.network.Architecture;
import io.unfold.nn.network.ConditionedDecoderArchitecture;
import io.unfold.nn.network.ConditionedDecoderNetwork;
import io.unfold.nn.network.ConditionedDecoderSpec;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.task.Evaluation;
import io.unfold.task.Examples;
import io.unfold.task.PreparedTask;
import io.unfold.task.Split;
import io.unfold.task.captioning.Captioning.Example;
import io.unfold.task.sequence.NumberEncoder;
import io.unfold.task.sequence.TokenEncoder;
import io.unfold.task.text.BleuTokenizer;
import io.unfold.task.text.EncodedTexts;
import io.unfold.task.text.TeacherForcing;
import io.unfold.task.text.HeldOutTexts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Feature vectors and their captions.
 *
 * @param examples in the order of the data
 * @param features theirs, encoded
 * @param scratch folder for what does not fit into the heap
 */
record PreparedCaptioning(ConditionedDecoderSpec spec, Fitted fitted, List<Example> examples,
		List<NumberEncoder.Numbers> features, BleuTokenizer bleuTokenizer, Split.Parts parts,
		Path scratch) implements PreparedTask<ConditionedDecoderNetwork> {

	@Override
	public NetworkSpec network() {
		return this.spec;
	}

	@Override
	public Architecture<ConditionedDecoderNetwork> architecture() {
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

	private CaptionExamples part(int[] rows) {
		return new CaptionExamples(ListView.of(rows, this.features::get), new TeacherForcing(
				EncodedTexts.of(texts(rows), this.fitted.text(), "/text", this.scratch), this.fitted.markers()));
	}

	/** Beside the text that the training part has most often. */
	@Override
	public Evaluation evaluate(ConditionedDecoderNetwork network) {
		int[] rows = HeldOutTexts.rows(this.parts);
		CaptionExamples heldOut = part(rows);
		Captioner captioner = new Captioner(this.fitted, network);
		List<String> answers = captioner.write(heldOut.features(), 1, this.fitted.maxLength())
			.stream()
			.map((captions) -> captions.get(0).text())
			.toList();
		Tokenizer tokenizer = this.fitted.text().tokenizer();
		String naive = tokenizer.rejoined(MostFrequentText.of(texts(this.parts.training())));
		return new HeldOutTexts(this.parts.evaluationName(), texts(rows), tokenizer, this.bleuTokenizer).evaluation(
				answers, captioner.perplexity(heldOut), "most frequent text", Collections.nCopies(rows.length, naive));
	}

	private List<String> texts(int[] rows) {
		return ListView.of(rows, (i) -> this.examples.get(i).text());
	}

	/**
	 * What is fitted to the training part.
	 *
	 * @param maxLength tokens that an answer has at most unless a request says otherwise
	 */
	record Fitted(FeatureEncoder features, TokenEncoder text, int maxLength) {

		static Fitted read(JsonNode fitted) {
			return JsonMapper.shared().treeToValue(fitted, Fitted.class);
		}

		Markers markers() {
			return this.text.markers();
		}

		ConditionedDecoderArchitecture architecture(ConditionedDecoderSpec spec) {
			return new ConditionedDecoderArchitecture(this.features.features(), this.text.vocabulary().size(), spec);
		}

	}

}
