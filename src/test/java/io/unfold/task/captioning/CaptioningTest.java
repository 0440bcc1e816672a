package io.unfold.task.captioning;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.unfold.data.DataFormat;
import io.unfold.data.DataSource;
import io.unfold.nn.network.Batch;
import io.unfold.nn.network.ConditionedDecoderNetwork;
import io.unfold.nn.network.GradientClipping;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.OptimizerSpec;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.Targets;
import io.unfold.nn.network.TrainableNetwork;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.Evaluation;
import io.unfold.task.Split;
import io.unfold.task.TaskSpec;
import io.unfold.task.captioning.Captioner.Caption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

class CaptioningTest {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String SMALL = """
			{"decoder": {"layers": [{"cell": "gru", "units": 12}]}, "embedding": 4}""";

	/** Which of two numbers is larger. */
	private static DataSource comparisons(int count) {
		Random random = new Random(5);
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < count; i++) {
			double a = 100 + random.nextDouble();
			double b = 100 + random.nextDouble();
			lines.append("{\"features\": [%s, %s, 7], \"text\": \"the %s is larger.\"}\n".formatted(a, b,
					(a > b) ? "first" : "second"));
		}
		return DataSource.of(DataFormat.JSONL, lines.toString());
	}

	private static PreparedCaptioning prepare(String task, String network, DataSource data) {
		return (PreparedCaptioning) JSON.readValue(task, TaskSpec.class)
			.prepare(data, JSON.readValue(network, NetworkSpec.class), new Split(0.2, null, 1));
	}

	private static ConditionedDecoderNetwork trained(PreparedCaptioning prepared) {
		try (TrainableNetwork<ConditionedDecoderNetwork> network = prepared.architecture()
			.trainable(new OptimizerSpec.Adam(0.02), new GradientClipping(1.0), 1)) {
			int size = prepared.training().size();
			for (int i = 0; i < 200; i++) {
				int[] rows = new Random(i).ints(32, 0, size).toArray();
				network.fit(prepared.training().batch(rows));
			}
			return network.serving();
		}
	}

	@Test
	void featuresAreStandardisedByTheTrainingPartAndTextsAreForced() {
		PreparedCaptioning prepared = prepare("{\"type\": \"captioning\"}", SMALL, comparisons(50));
		assertThat(prepared.training().size()).isEqualTo(40);
		double[] sum = new double[3];
		double[] squares = new double[3];
		int[] all = new int[40];
		for (int i = 0; i < 40; i++) {
			all[i] = i;
			assertThat(prepared.training().steps(i)).isEqualTo(1);
			assertThat(prepared.training().decoderSteps(i)).isEqualTo(6).isEqualTo(prepared.training().targets(i));
		}
		Batch batch = prepared.training().batch(all);
		Sequences.Values features = (Sequences.Values) batch.inputs();
		for (int i = 0; i < features.data().length; i++) {
			sum[i / 40] += features.data()[i];
			squares[i / 40] += features.data()[i] * features.data()[i];
		}
		for (int k = 0; k < 3; k++) {
			assertThat(sum[k] / 40).isCloseTo(0, within(1e-5));
		}
		assertThat(squares[0] / 40).isCloseTo(1, within(1e-4));
		assertThat(squares[1] / 40).isCloseTo(1, within(1e-4));
		assertThat(squares[2]).isZero();
		int[] read = batch.decoderInputs().ids();
		int[] answered = ((Targets.Classes) batch.targets()).ids();
		assertThat(read[0]).isEqualTo(prepared.fitted().markers().start());
		assertThat(answered[answered.length - 1]).isEqualTo(prepared.fitted().markers().end());
		for (int i = 40; i < read.length; i++) {
			assertThat(read[i]).isEqualTo(answered[i - 40]);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "words", "characters", "subwords" })
	void tokensAreWhatTheTaskSays(String tokens) {
		PreparedCaptioning prepared = prepare(
				"{\"type\": \"captioning\", \"tokens\": \"%s\", \"vocabularySize\": 60}".formatted(tokens), SMALL,
				comparisons(50));
		String text = prepared.examples().get(0).text();
		assertThat(prepared.fitted().text().tokenizer().rejoined(text)).isEqualTo(text);
		Evaluation evaluation = prepared.evaluate(trained(prepared));
		assertThat(evaluation.metrics().get("exactMatch")).isGreaterThan(0.7);
		assertThat(evaluation.baseline().metrics().get("exactMatch")).isBetween(0.2, 0.8);
	}

	@Test
	void isJudgedBesideTheMostFrequentText() {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < 40; i++) {
			lines.append(
					"{\"features\": [%s], \"text\": \"%s\"}\n".formatted(i, (i % 4 == 0) ? "rare one" : "common one"));
		}
		PreparedCaptioning prepared = prepare("{\"type\": \"captioning\"}", SMALL,
				DataSource.of(DataFormat.JSONL, lines.toString()));
		Evaluation evaluation = prepared.evaluate(trained(prepared));
		int common = 0;
		for (int row : prepared.parts().evaluation()) {
			common += (row % 4 == 0) ? 0 : 1;
		}
		assertThat(evaluation.on()).isEqualTo("validation");
		assertThat(evaluation.examples()).isEqualTo(8);
		assertThat(evaluation.baseline().name()).isEqualTo("most frequent text");
		assertThat(evaluation.baseline().metrics().get("exactMatch")).isEqualTo(common / 8.0);
		assertThat(evaluation.metrics()).containsOnlyKeys("bleu", "chrf", "exactMatch", "characterErrorRate",
				"perplexity");
		assertThat(evaluation.metrics().get("perplexity")).isGreaterThanOrEqualTo(1);
	}

	@Test
	void captionsComeInTheOrderOfTheRequestBestFirst() {
		PreparedCaptioning prepared = prepare("{\"type\": \"captioning\"}", SMALL, comparisons(300));
		Captioner captioner = new Captioner(prepared.fitted(), trained(prepared));
		StringBuilder request = new StringBuilder("[");
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < 150; i++) {
			boolean first = i % 3 == 0;
			request.append((i > 0) ? "," : "").append(first ? "[100.9, 100.1, 7]" : "[100.1, 100.9, 7]");
			expected.add("the " + (first ? "first" : "second") + " is larger.");
		}
		List<List<Caption>> captions = captioner.caption(JSON.readTree(request.append("]").toString()), 3, null);
		assertThat(captions).extracting((found) -> found.get(0).text()).isEqualTo(expected);
		for (List<Caption> found : captions) {
			assertThat(found).hasSizeGreaterThan(1);
			assertThat(found.get(0).score()).isNegative().isGreaterThanOrEqualTo(found.get(1).score());
		}
		assertThat(captioner.caption(JSON.readTree("[[100.9, 100.1, 7]]"), 1, 2).get(0).get(0).text())
			.isEqualTo("the first");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{}                        | /features     | must be a list of feature vectors
			[]                        | /features     | must be a list of feature vectors
			[1, 2, 3]                 | /features/0   | must be a list of numbers
			[[1, 2, 3], []]           | /features/1   | must be a list of numbers
			[[1, 2, 3], [1, 2]]       | /features/1   | has 2 numbers where those that the model is trained on have 3
			[[1, "2", 3]]             | /features/0/1 | must be a number, but is '2'
			[[1, 2, null]]            | /features/0/2 | must be a number
			[[1, 2, [3]]]             | /features/0/2 | must be a number
			[[1, 2, 1e39]]            | /features/0/2 | too large
			[[3e38, 2, 1]]            | /features/0/0 | too far
			""")
	void saysWhatOfARequestIsAtFault(String features, String pointer, String detail) {
		PreparedCaptioning prepared = prepare("{\"type\": \"captioning\"}", SMALL, comparisons(10));
		try (TrainableNetwork<ConditionedDecoderNetwork> network = prepared.architecture()
			.trainable(OptimizerSpec.standard(), GradientClipping.none(), 1)) {
			Captioner captioner = new Captioner(prepared.fitted(), network.serving());
			InvalidRequestException fault = catchThrowableOfType(InvalidRequestException.class,
					() -> captioner.caption(JSON.readTree(features), 1, null));
			assertThat(fault.violations().get(0).pointer()).isEqualTo(pointer);
			assertThat(fault.violations().get(0).detail()).contains(detail);
		}
	}

}
