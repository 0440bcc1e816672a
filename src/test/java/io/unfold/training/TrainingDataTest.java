package io.unfold.training;

import java.util.List;
import java.util.stream.Stream;

import io.unfold.data.DataFormat;
import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
import io.unfold.task.PreparedTask;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Data with datasets that are held out, from its lines to the parts of a task. */
class TrainingDataTest {

	private static final DataSource TRAINING = DataSource.of(DataFormat.CSV,
			"sequence,label\na b,x\n\"b\nb\",y\na a,x\nb a,y\n");

	private static final DataSource VALIDATION = DataSource.of(DataFormat.CSV, "sequence,label\na c,x\nb c,y\n");

	private static final DataSource TEST = DataSource.of(DataFormat.CSV, "sequence,label\nd d d,y\n");

	@Test
	void recordsComeOneDatasetAfterTheOther() {
		for (int i = 0; i < 2; i++) {
			try (Stream<DataRecord> records = new TrainingData(TRAINING, VALIDATION, TEST).joined().records()) {
				assertThat(records.map((record) -> record.fields().get("sequence").asString())).containsExactly("a b",
						"b\nb", "a a", "b a", "a c", "b c", "d d d");
			}
		}
	}

	@Test
	void nothingIsFittedToWhatIsHeldOut() {
		PreparedTask<?> task = classification().prepare(new TrainingData(TRAINING, VALIDATION, TEST));
		assertThat(task.training().size()).isEqualTo(4);
		assertThat(task.validation().size()).isEqualTo(2);
		JsonNode fitted = JsonMapper.shared().valueToTree(task.fitted());
		assertThat(fitted.toString()).contains("\"a\"", "\"b\"").doesNotContain("\"c\"", "\"d\"");
	}

	@Test
	void numbersAreScaledByTheTrainingPartAlone() {
		TrainingPlan plan = JsonMapper.shared().readValue("""
				{"task": {"type": "forecasting", "target": "x", "context": 3, "differencing": false},
				 "training": {"validation": {"dataset": "v"}}}""", TrainingPlan.class);
		DataSource series = DataSource.of(DataFormat.CSV, "x\n1\n2\n3\n4\n5\n6\n");
		DataSource near = DataSource.of(DataFormat.CSV, "x\n7\n8\n");
		DataSource far = DataSource.of(DataFormat.CSV, "x\n7000\n8000\n");
		PreparedTask<?> task = plan.prepare(new TrainingData(series, near, null));
		assertThat(task.fitted()).usingRecursiveComparison()
			.isEqualTo(plan.prepare(new TrainingData(series, far, null)).fitted());
		assertThat(task.training().size()).isEqualTo(3);
		assertThat(task.validation().size()).isEqualTo(2);
	}

	@Test
	void faultsAreOfTheDatasetTheyAreIn() {
		DataSource unknown = DataSource.of(DataFormat.CSV, "sequence,label\na c,x\nb c,z\n");
		assertThat(faults(new TrainingData(TRAINING, unknown, TEST))).singleElement().satisfies((fault) -> {
			assertThat(fault.pointer()).isEqualTo("/training/validation/dataset");
			assertThat(fault.line()).isEqualTo(3);
			assertThat(fault.detail()).isEqualTo("'label' 'z' does not occur in the data that is trained on");
		});
		DataSource without = DataSource.of(DataFormat.JSONL,
				"{\"sequence\": \"a\", \"label\": \"x\"}\n{\"label\": \"x\"}\n");
		assertThat(faults(new TrainingData(TRAINING, VALIDATION, without))).singleElement().satisfies((fault) -> {
			assertThat(fault.pointer()).isEqualTo("/training/test/dataset");
			assertThat(fault.line()).isEqualTo(2);
			assertThat(fault.detail()).startsWith("'sequence' ");
		});
	}

	@Test
	void faultsOfTheFormatAreOfTheDatasetTheyAreIn() {
		DataSource broken = DataSource.of(DataFormat.JSONL, "{\"sequence\": \"a\", \"label\": \"x\"}\n{broken\n");
		assertThat(faults(new TrainingData(TRAINING, VALIDATION, broken))).singleElement().satisfies((fault) -> {
			assertThat(fault.pointer()).isEqualTo("/training/test/dataset");
			assertThat(fault.line()).isEqualTo(2);
		});
	}

	@Test
	void faultsOfTheExamplesAreTheirOwn() {
		DataSource without = DataSource.of(DataFormat.CSV, "sequence,label\na,x\nb,\n");
		assertThat(faults(new TrainingData(without, VALIDATION, null))).singleElement().satisfies((fault) -> {
			assertThat(fault.pointer()).isEqualTo("/label");
			assertThat(fault.line()).isEqualTo(3);
		});
	}

	private static List<Violation> faults(TrainingData data) {
		InvalidRequestException refused = catchThrowableOfType(InvalidRequestException.class,
				() -> classification().prepare(data));
		assertThat(refused).isNotNull();
		return refused.violations();
	}

	private static TrainingPlan classification() {
		return JsonMapper.shared().readValue("""
				{"task": {"type": "classification"},
				 "training": {"validation": {"dataset": "v"}, "test": {"dataset": "t"}}}""", TrainingPlan.class);
	}

}
