package io.unfold.task;

import java.util.List;

import io.unfold.data.DataFormat;
import io.unfold.data.DataSource;
import io.unfold.data.Sequence;
import io.unfold.data.TokenKind;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
import io.unfold.task.sequence.SequenceEncoder;
import io.unfold.task.sequence.SequenceEncoders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Data from which a task cannot be learned, and what is said of it. */
class BadDataTest {

	private static final String CLASSIFICATION = "{\"type\": \"classification\"}";

	private static final String REGRESSION = "{\"type\": \"regression\"}";

	private static final String TAGGING = "{\"type\": \"tagging\"}";

	private static final String CAPTIONING = "{\"type\": \"captioning\"}";

	private static final String TRANSLATION = "{\"type\": \"translation\"}";

	private static final String GENERATION = "{\"type\": \"generation\"}";

	private static final String AUTOENCODING = "{\"type\": \"autoencoding\"}";

	private final Split split = new Split(0.1, null, 1);

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"label": "a"}                              | /sequence     | is missing
					{"sequence": null, "label": "a"}            | /sequence     | is missing
					{"sequence": [], "label": "a"}              | /sequence     | at least one step
					{"sequence": [[1, 2], [3]], "label": "a"}   | /sequence/1   | must hold 2 numbers
					{"sequence": [1, "x"], "label": "a"}        | /sequence/1   | must be a number
					{"sequence": [[1, 2], [3, null]], "label": "a"} | /sequence/1/1 | must be a number
					{"sequence": [1, 1e300], "label": "a"}      | /sequence/1   | too large
					{"sequence": [[1, 2]], "label": "a"}        | /sequence     | has 2 numbers at each step where the others have 1
					{"sequence": ["x", "y"], "label": "a"}      | /sequence     | must be steps of 1 numbers
					{"sequence": [1, 2]}                        | /label        | is missing
					{"sequence": [1, 2], "label": " "}          | /label        | must not be blank
					{"sequence": [1, 2], "label": ["a"]}        | /label        | must be a text
					""")
	void saysWhichLineOfAClassificationDatasetIsAtFault(String line, String pointer, String detail) {
		String good = "{\"sequence\": [1, 2], \"label\": \"a\"}\n{\"sequence\": [2], \"label\": \"b\"}\n";
		Violation violation = violation(CLASSIFICATION, DataFormat.JSONL, good.repeat(9) + line + "\n");
		assertThat(violation.line()).isEqualTo(19);
		assertThat(violation.pointer()).isEqualTo(pointer);
		assertThat(violation.detail()).contains(detail);
	}

	@Test
	void refusesASingleLabel() {
		assertThat(violation(CLASSIFICATION, DataFormat.JSONL, "{\"sequence\": [1, 2], \"label\": \"a\"}\n".repeat(9))
			.detail()).contains("at least two are needed");
	}

	@Test
	void refusesMoreLabelsThanExamplesCanTeach() {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < 20; i++) {
			lines.append("{\"sequence\": [1, 2], \"label\": \"label-" + i + "\"}\n");
		}
		assertThat(violation(CLASSIFICATION, DataFormat.JSONL, lines.toString()).detail())
			.contains("20 labels for 20 examples");
	}

	@Test
	void refusesALabelThatTheTaskDoesNotName() {
		Violation violation = violation("{\"type\": \"classification\", \"labels\": [\"a\", \"b\"]}", DataFormat.JSONL,
				"{\"sequence\": [1], \"label\": \"c\"}\n");
		assertThat(violation.line()).isEqualTo(1);
		assertThat(violation.detail()).contains("'c' is not one of task.labels");
	}

	@Test
	void listsSeveralFaultsAtOnceButNotAll() {
		InvalidRequestException fault = fault(CLASSIFICATION, DataFormat.JSONL, "{\"label\": 1}\n".repeat(1000), null);
		assertThat(fault.violations()).hasSize(10);
		assertThat(fault.violations()).extracting(Violation::line)
			.containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"target": 1}                              | /sequence   | is missing
					{"sequence": [1, null], "target": 1}       | /sequence/1 | must be a number
					{"sequence": [[1, 2]], "target": 1}        | /sequence   | has 2 numbers at each step where the others have 1
					{"sequence": "a b", "target": 1}           | /sequence   | must be steps of 1 numbers
					{"sequence": [1, 2]}                       | /target     | is missing
					{"sequence": [1, 2], "target": null}       | /target     | is missing
					{"sequence": [1, 2], "target": "high"}     | /target     | must be a number, but is 'high'
					{"sequence": [1, 2], "target": {"a": 1}}   | /target     | must be a number
					{"sequence": [1, 2], "target": 1e300}      | /target     | too large
					{"sequence": [1, 2], "target": []}         | /target     | at least one number
					{"sequence": [1, 2], "target": [1, "x"]}   | /target/1   | must be a number, but is 'x'
					{"sequence": [1, 2], "target": [1, 2]}     | /target     | must be a number, as in the first example, but is a list of 2 numbers
					""")
	void saysWhichLineOfARegressionDatasetIsAtFault(String line, String pointer, String detail) {
		Violation violation = violation(REGRESSION, DataFormat.JSONL,
				"{\"sequence\": [1, 2], \"target\": 1}\n".repeat(4) + line + "\n");
		assertThat(violation.line()).isEqualTo(5);
		assertThat(violation.pointer()).isEqualTo(pointer);
		assertThat(violation.detail()).contains(detail);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"sequence": [1, 2, 3], "target": 1}                      | /target     | must be a list with an element for each step
					{"sequence": [1, 2, 3], "target": [1, 2]}                 | /target     | must have an element for each of the 3 steps of the sequence, but has 2
					{"sequence": [1, 2, 3], "target": [1, 2, null]}           | /target/2   | must be a number
					{"sequence": [1, 2, 3], "target": [1, 2, [3]]}            | /target/2   | must be a number, as in the first step
					{"sequence": [1, 2, 3], "target": [[1, 2], [3, 4], [5]]}  | /target/2   | must be a list of 2 numbers, as in the first step
					{"sequence": [1, 2, 3], "target": [[1], [2], [3]]}        | /target     | must be a number, as in the first example
					{"sequence": [1], "target": [1]}                          | /sequence   | has no more steps (1) than task.washout (1)
					""")
	void saysWhichLineOfAnswersForEveryStepIsAtFault(String line, String pointer, String detail) {
		Violation violation = violation("{\"type\": \"regression\", \"everyStep\": true, \"washout\": 1}",
				DataFormat.JSONL, "{\"sequence\": [1, 2], \"target\": [1, 2]}\n".repeat(4) + line + "\n");
		assertThat(violation.line()).isEqualTo(5);
		assertThat(violation.pointer()).isEqualTo(pointer);
		assertThat(violation.detail()).contains(detail);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"tags": ["O"]}                                     | /sequence | is missing
					{"sequence": [1, 2], "tags": ["O", "O"]}            | /sequence | must be tokens or a text
					{"sequence": ["a", "b"]}                            | /tags     | is missing
					{"sequence": ["a", "b"], "tags": null}              | /tags     | is missing
					{"sequence": ["a", "b"], "tags": []}                | /tags     | has 0 tags for a sequence of 2 steps
					{"sequence": ["a", "b"], "tags": ["O"]}             | /tags     | has 1 tags for a sequence of 2 steps
					{"sequence": ["a", "b"], "tags": "  "}              | /tags     | must not be blank
					{"sequence": ["a", "b"], "tags": "O O O"}           | /tags     | has 3 tags for a sequence of 2 steps
					{"sequence": ["a", "b"], "tags": {"a": "O"}}        | /tags     | must be a list of tags
					{"sequence": ["a", "b"], "tags": ["O", ""]}         | /tags/1   | must be a tag
					{"sequence": ["a", "b"], "tags": ["O", ["O"]]}      | /tags/1   | must be a tag
					{"sequence": "in st. paul", "tags": ["O", "B", "I"]} | /tags    | which are its words: in | st | . | paul; send a list of tokens
					""",
			quoteCharacter = '`')
	void saysWhichLineOfATaggingDatasetIsAtFault(String line, String pointer, String detail) {
		Violation violation = violation(TAGGING, DataFormat.JSONL,
				"{\"sequence\": [\"a\", \"b\"], \"tags\": [\"O\", \"B\"]}\n".repeat(4) + line + "\n");
		assertThat(violation.line()).isEqualTo(5);
		assertThat(violation.pointer()).isEqualTo(pointer);
		assertThat(violation.detail()).contains(detail);
	}

	@Test
	void refusesASingleTagAndASingleExample() {
		assertThat(
				violation(TAGGING, DataFormat.JSONL, "{\"sequence\": [\"a\"], \"tags\": [\"O\"]}\n".repeat(9)).detail())
			.contains("at least two are needed");
		assertThat(violation(TAGGING, DataFormat.JSONL, "{\"sequence\": [\"a\", \"b\"], \"tags\": [\"O\", \"X\"]}\n")
			.detail()).contains("only one example");
		Violation violation = violation(REGRESSION, DataFormat.JSONL, "{\"sequence\": [1], \"target\": 1}\n");
		assertThat(violation.detail()).contains("only one example");
		assertThat(violation.pointer()).isEqualTo("/dataset");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"type": "forecasting", "target": "y"}                                 | /task/target  | no column is named 'y'
					{"type": "forecasting", "target": "x", "time": "when"}                 | /task/time    | no column is named 'when'
					{"type": "forecasting", "target": "x", "context": 90}                  | /task/context | none is left to learn
					{"type": "forecasting", "target": "x", "context": 5, "horizon": 20}    | /task/horizon | longer than the held-out part
					""")
	void saysWhichFieldOfAForecastingTaskDoesNotFitTheData(String task, String pointer, String detail) {
		StringBuilder csv = new StringBuilder("t,x\n");
		for (int i = 0; i < 100; i++) {
			csv.append(i).append(',').append(i % 7).append('\n');
		}
		Violation violation = violation(task, DataFormat.CSV, csv.toString());
		assertThat(violation.pointer()).isEqualTo(pointer);
		assertThat(violation.detail()).contains(detail);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''    | is missing
			n/a   | must be a number, but is 'n/a'
			NaN   | must be a number, but is 'NaN'
			1e400 | must be a number, but is '1e400'
			1e300 | is too large
			-1    | must be above 0
			""")
	void saysWhichLineOfASeriesIsAtFault(String cell, String detail) {
		Violation violation = violation("{\"type\": \"forecasting\", \"target\": \"x\", \"log\": true}", DataFormat.CSV,
				"t,x\n" + "1,2\n".repeat(50) + "1," + cell + "\n");
		assertThat(violation.line()).isEqualTo(52);
		assertThat(violation.detail()).contains(detail);
	}

	/** What is held out does not decide the scaling, and may be far from it. */
	@Test
	void refusesWhatScalingMakesInfinite() {
		Violation row = violation("{\"type\": \"forecasting\", \"target\": \"x\"}", DataFormat.CSV,
				"x\n" + "1\n1.001\n".repeat(30) + "3e38\n");
		assertThat(row.pointer()).isEqualTo("/task/target");
		assertThat(row.detail()).contains("too far", "row 61");
		SequenceEncoder encoder = SequenceEncoders.fit(new Sequence.Numbers(new float[][] { { 1 }, { 1.001f } }),
				List.of(), TokenKind.WORDS);
		InvalidRequestException fault = catchThrowableOfType(InvalidRequestException.class,
				() -> encoder.encode(new Sequence.Numbers(new float[][] { { 1 }, { 3e38f } }), "/sequence"));
		assertThat(fault.violations().get(0).pointer()).isEqualTo("/sequence/1");
	}

	@Test
	void refusesABidirectionalForecaster() {
		InvalidRequestException fault = fault("{\"type\": \"forecasting\", \"target\": \"x\"}", DataFormat.CSV,
				"x\n" + "1\n".repeat(50), "{\"bidirectional\": true}");
		assertThat(fault.violations().get(0).pointer()).isEqualTo("/network/bidirectional");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"source": "a"}                   | /target | is missing
			{"source": "  ", "target": "b"}   | /source | must not be blank
			{"source": "a", "target": ""}     | /target | must not be blank
			{"source": ["a"], "target": "b"}  | /source | must be a text
			""")
	void saysWhichLineOfATranslationDatasetIsAtFault(String line, String pointer, String detail) {
		Violation violation = violation(TRANSLATION, DataFormat.JSONL,
				"{\"source\": \"a\", \"target\": \"b\"}\n".repeat(4) + line + "\n");
		assertThat(violation.line()).isEqualTo(5);
		assertThat(violation.pointer()).isEqualTo(pointer);
		assertThat(violation.detail()).contains(detail);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"source": "a"}      | is missing
			{"text": null}       | is missing
			{"text": " "}        | must not be blank
			{"text": ["a", "b"]} | must be a text
			""")
	void saysWhichTextOfAGenerationDatasetIsAtFault(String line, String detail) {
		Violation violation = violation(GENERATION, DataFormat.JSONL,
				"{\"text\": \"what there is to learn from\"}\n".repeat(4) + line + "\n");
		assertThat(violation.line()).isEqualTo(5);
		assertThat(violation.pointer()).isEqualTo("/text");
		assertThat(violation.detail()).contains(detail);
	}

	@Test
	void refusesATextThatIsTooShortToLearnFrom() {
		Violation violation = violation(GENERATION, DataFormat.TEXT, "too short");
		assertThat(violation.pointer()).isEqualTo("/dataset");
		assertThat(violation.detail()).contains("has only 9 characters");
		assertThat(violation("{\"type\": \"generation\", \"tokens\": \"words\"}", DataFormat.TEXT,
				"one two three four five six seven eight nine")
			.detail()).contains("has only 9 words");
	}

	@Test
	void refusesALanguageModelThatHasReadWhatComesNext() {
		InvalidRequestException fault = fault(GENERATION, DataFormat.TEXT, "what there is to learn from ".repeat(9),
				"{\"bidirectional\": true}");
		assertThat(fault.violations().get(0).pointer()).isEqualTo("/network/bidirectional");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"anomaly": true}                           | /sequence   | is missing
					{"sequence": []}                            | /sequence   | at least one step
					{"sequence": [1, null]}                     | /sequence/1 | must be a number
					{"sequence": [[1, 2]]}                      | /sequence   | has 2 numbers at each step where the others have 1
					{"sequence": "a b"}                         | /sequence   | must be steps of 1 numbers
					{"sequence": [1, 2], "anomaly": "yes"}      | /anomaly    | must be true or false, but is 'yes'
					{"sequence": [1, 2], "anomaly": 2}          | /anomaly    | must be true or false, but is '2'
					{"sequence": [1, 2], "anomaly": [true]}     | /anomaly    | must be true or false
					""")
	void saysWhichLineOfAnAutoencodingDatasetIsAtFault(String line, String pointer, String detail) {
		Violation violation = violation(AUTOENCODING, DataFormat.JSONL,
				"{\"sequence\": [1, 2]}\n".repeat(4) + line + "\n");
		assertThat(violation.line()).isEqualTo(5);
		assertThat(violation.pointer()).isEqualTo(pointer);
		assertThat(violation.detail()).contains(detail);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"text": "b"}                             | /features   | is missing
			{"features": null, "text": "b"}           | /features   | is missing
			{"features": [], "text": "b"}             | /features   | must be a list of numbers, at least one
			{"features": 0.5, "text": "b"}            | /features   | must be a list of numbers, at least one
			{"features": "0.5 0.1", "text": "b"}      | /features   | must be a list of numbers, at least one
			{"features": [[1, 2]], "text": "b"}       | /features/0 | must be a number
			{"features": [1, null], "text": "b"}      | /features/1 | must be a number
			{"features": ["1", 2], "text": "b"}       | /features/0 | must be a number, but is '1'
			{"features": [1, 1e300], "text": "b"}     | /features/1 | too large
			{"features": [1], "text": "b"}            | /features   | has 1 number where the first example has 2
			{"features": [1, 2, 3], "text": "b"}      | /features   | has 3 numbers where the first example has 2
			{"features": [1, 2]}                      | /text       | is missing
			{"features": [1, 2], "text": " "}         | /text       | must not be blank
			{"features": [1, 2], "text": ["a", "b"]}  | /text       | must be a text
			""")
	void saysWhichLineOfACaptioningDatasetIsAtFault(String line, String pointer, String detail) {
		Violation violation = violation(CAPTIONING, DataFormat.JSONL,
				"{\"features\": [1, 2], \"text\": \"a\"}\n".repeat(4) + line + "\n");
		assertThat(violation.line()).isEqualTo(5);
		assertThat(violation.pointer()).isEqualTo(pointer);
		assertThat(violation.detail()).contains(detail);
	}

	@Test
	void refusesTooFewSequencesThatAreNoAnomalies() {
		Violation violation = violation(AUTOENCODING, DataFormat.JSONL,
				"{\"sequence\": [1, 2]}\n" + "{\"sequence\": [1, 2], \"anomaly\": true}\n".repeat(9));
		assertThat(violation.pointer()).isEqualTo("/dataset");
		assertThat(violation.detail()).contains("at least two are needed");
	}

	/** In tables, too, where a list stands in a cell. */
	@Test
	void saysWhichCellOfACaptioningTableIsAtFault() {
		String table = "features,text\n" + "\"[0.1, 0.2]\",a b\n".repeat(4);
		assertThat(JsonMapper.shared()
			.readValue(CAPTIONING, TaskSpec.class)
			.prepare(DataSource.of(DataFormat.CSV, table + "0.3 0.4,b\n"), null, this.split)
			.training()
			.size()).isEqualTo(4);
		Violation missing = violation(CAPTIONING, DataFormat.CSV, table + "\"[0.1, NaN]\",b\n");
		assertThat(missing.line()).isEqualTo(6);
		assertThat(missing.detail()).contains("NaN");
		Violation shorter = violation(CAPTIONING, DataFormat.CSV, table + "[0.1],b\n");
		assertThat(shorter.line()).isEqualTo(6);
		assertThat(shorter.pointer()).isEqualTo("/features");
	}

	@Test
	void refusesACaptioningDatasetOfOneExample() {
		assertThat(violation(CAPTIONING, DataFormat.JSONL, "{\"features\": [1, 2], \"text\": \"a\"}\n").detail())
			.contains("only one example");
	}

	@Test
	void refusesTheNetworkOfAnotherKindOfTask() {
		String captioned = "{\"features\": [1, 2], \"text\": \"a\"}\n".repeat(4);
		for (String other : List.of("{\"encoder\": {}, \"decoder\": {}}", "{\"bidirectional\": false}")) {
			Violation refusal = fault(CAPTIONING, DataFormat.JSONL, captioned, other).violations().get(0);
			assertThat(refusal.pointer()).isEqualTo("/network");
			assertThat(refusal.detail()).contains("'decoder' and no 'encoder'");
		}
		assertThat(fault(TRANSLATION, DataFormat.JSONL, "{\"source\": \"a\", \"target\": \"b\"}\n".repeat(4),
				"{\"decoder\": {}, \"conditioning\": \"par-inject\"}")
			.violations()
			.get(0)
			.pointer()).isEqualTo("/network");
		String pairs = "{\"source\": \"a\", \"target\": \"b\"}\n".repeat(4);
		assertThat(fault(TRANSLATION, DataFormat.JSONL, pairs, "{\"layers\": [{\"cell\": \"gru\", \"units\": 4}]}")
			.violations()
			.get(0)
			.pointer()).isEqualTo("/network");
		assertThat(fault(TRANSLATION, DataFormat.JSONL, pairs, "{\"encoder\": {}, \"decoder\": {}, \"code\": 4}")
			.violations()
			.get(0)
			.pointer()).isEqualTo("/network/code");
		String sequences = "{\"sequence\": [1, 2]}\n".repeat(4);
		assertThat(fault(AUTOENCODING, DataFormat.JSONL, sequences, "{\"layers\": [{\"cell\": \"gru\", \"units\": 4}]}")
			.violations()
			.get(0)
			.pointer()).isEqualTo("/network");
		assertThat(fault(AUTOENCODING, DataFormat.JSONL, sequences, "{\"encoder\": {}, \"attention\": \"general\"}")
			.violations()
			.get(0)
			.pointer()).isEqualTo("/network/attention");
		assertThat(fault(AUTOENCODING, DataFormat.JSONL, sequences, "{\"encoder\": {}, \"tiedEmbeddings\": true}")
			.violations()
			.get(0)
			.pointer()).isEqualTo("/network/tiedEmbeddings");
		for (String network : List.of("{\"encoder\": {}, \"embedding\": 128}", "{\"decoder\": {}, \"embedding\": 8}")) {
			assertThat(fault(AUTOENCODING, DataFormat.JSONL, sequences, network).violations().get(0).pointer())
				.isEqualTo("/network/embedding");
		}
		String labelled = "{\"sequence\": [1], \"label\": \"a\"}\n{\"sequence\": [2], \"label\": \"b\"}\n".repeat(4);
		assertThat(fault(CLASSIFICATION, DataFormat.JSONL, labelled, "{\"encoder\": {}, \"decoder\": {}}").violations()
			.get(0)
			.pointer()).isEqualTo("/network");
		String measured = "{\"sequence\": [1], \"target\": 1}\n".repeat(4);
		assertThat(fault(REGRESSION, DataFormat.JSONL, measured, "{\"encoder\": {}, \"decoder\": {}}").violations()
			.get(0)
			.pointer()).isEqualTo("/network");
		String tagged = "{\"sequence\": [1, 2], \"tags\": \"O B\"}\n".repeat(4);
		assertThat(fault(TAGGING, DataFormat.JSONL, tagged, "{\"embedding\": 8}").violations().get(0).pointer())
			.isEqualTo("/network/embedding");
		assertThat(
				fault(CLASSIFICATION, DataFormat.JSONL, labelled, "{\"embedding\": 8}").violations().get(0).pointer())
			.isEqualTo("/network/embedding");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"type": "tagging", "tokens": "subwords"}                          | every step has a tag
			{"type": "regression", "everyStep": true, "tokens": "subwords"}    | every step has a target
			{"type": "translation", "tokens": "syllables"}                     | words, characters, subwords
			""")
	void refusesTokensThatCannotBe(String task, String detail) {
		assertThatThrownBy(() -> JsonMapper.shared().readValue(task, TaskSpec.class)).rootCause()
			.isInstanceOfSatisfying(InvalidFieldException.class,
					(fault) -> assertThat(fault.field()).isEqualTo("tokens"))
			.hasMessageContaining(detail);
	}

	@Test
	void refusesListsOfTokensWhereSubwordsAreLearned() {
		Violation violation = violation("{\"type\": \"classification\", \"tokens\": \"subwords\"}", DataFormat.JSONL,
				"{\"sequence\": \"a b\", \"label\": \"a\"}\n{\"sequence\": \"b\", \"label\": \"b\"}\n".repeat(4)
						+ "{\"sequence\": [\"a\", \"b\"], \"label\": \"a\"}\n");
		assertThat(violation.line()).isEqualTo(9);
		assertThat(violation.pointer()).isEqualTo("/sequence");
		assertThat(violation.detail()).contains("must be a text");
	}

	private Violation violation(String task, DataFormat format, String text) {
		return fault(task, format, text, null).violations().get(0);
	}

	private InvalidRequestException fault(String task, DataFormat format, String text, String network) {
		JsonMapper json = JsonMapper.shared();
		TaskSpec spec = json.readValue(task, TaskSpec.class);
		NetworkSpec networkSpec = (network != null) ? json.readValue(network, NetworkSpec.class) : null;
		InvalidRequestException fault = catchThrowableOfType(InvalidRequestException.class,
				() -> spec.prepare(DataSource.of(format, text), networkSpec, this.split));
		assertThat(fault).isNotNull();
		return fault;
	}

}
