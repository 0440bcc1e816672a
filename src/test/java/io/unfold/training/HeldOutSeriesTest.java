package io.unfold.training;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;

import io.unfold.data.DataFormat;
import io.unfold.data.DataSource;
import io.unfold.nn.network.GradientClipping;
import io.unfold.nn.network.OptimizerSpec;
import io.unfold.nn.network.SequenceNetwork;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.Targets;
import io.unfold.nn.network.TrainableNetwork;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
import io.unfold.task.Evaluation;
import io.unfold.task.Examples;
import io.unfold.task.PreparedTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Forecasting with datasets that go on where the series that are trained on end. */
class HeldOutSeriesTest {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String FORWARD = "\"missing\": \"forwardFill\", \"time\": \"day\", \"calendar\": \"dayOfWeek\", \"season\": 7";

	private static final String DATASET = "{\"dataset\": \"d\"}";

	/** Rows of two shops that alternate, from one day to another. */
	private static String shops(int from, int to, IntPredicate left) {
		StringBuilder csv = new StringBuilder("day,shop,x\n");
		for (int t = from; t < to; t++) {
			if (!left.test(t)) {
				for (String shop : List.of("a", "b")) {
					csv.append(day(t)).append(',').append(shop).append(',');
					csv.append(shop.equals("a") ? value(t) : 100 * value(t)).append('\n');
				}
			}
		}
		return csv.toString();
	}

	/** Rows of a series. */
	private static String series(int from, int to, IntPredicate left) {
		StringBuilder csv = new StringBuilder("day,x\n");
		for (int t = from; t < to; t++) {
			if (!left.test(t)) {
				csv.append(day(t)).append(',').append(value(t)).append('\n');
			}
		}
		return csv.toString();
	}

	private static LocalDate day(int t) {
		return LocalDate.of(2024, 1, 1).plusDays(t);
	}

	private static double value(int t) {
		return 10 + t % 7 + new Random(t).nextGaussian();
	}

	@ParameterizedTest
	@CsvSource({ "forwardFill, 60", "interpolate, 60", "interpolate, 78", "interpolate, 77" })
	void aDatasetIsAsGoodAsItsShare(String missing, int gap) {
		// a gap of two days, the second of them at the border or before it
		IntPredicate left = (t) -> t == gap || t == gap + 1;
		String fields = FORWARD.replace("forwardFill", missing);
		assertAlike(plan(fields, "{\"fraction\": 0.2}", null).prepare(data(series(0, 100, left), null, null)),
				plan(fields, DATASET, null).prepare(data(series(0, 80, left), series(80, 100, left), null)));
		fields += ", \"series\": \"shop\"";
		assertAlike(plan(fields, "{\"fraction\": 0.2}", null).prepare(data(shops(0, 100, left), null, null)),
				plan(fields, DATASET, null).prepare(data(shops(0, 80, left), shops(80, 100, left), null)));
	}

	@Test
	void sharesAndDatasetsGoTogether() {
		String fields = FORWARD + ", \"series\": \"shop\"";
		PreparedTask<?> shares = plan(fields, "{\"fraction\": 0.1}", "{\"fraction\": 0.2}")
			.prepare(data(shops(0, 100, (t) -> t == 50), null, null));
		assertAlike(shares, plan(fields, DATASET, DATASET)
			.prepare(data(shops(0, 70, (t) -> t == 50), shops(70, 80, (t) -> false), shops(80, 100, (t) -> false))));
		assertAlike(shares, plan(fields, "{\"fraction\": 0.125}", DATASET)
			.prepare(data(shops(0, 80, (t) -> t == 50), null, shops(80, 100, (t) -> false))));
	}

	/** The gap is of the part behind it, which begins with its row 3 after that. */
	@Test
	void aGapAtTheBorderIsFilledAndNotLearned() {
		PreparedTask<?> task = plan(FORWARD + ", \"differencing\": false, \"seasonalDifferencing\": false", DATASET,
				null)
			.prepare(data(series(0, 80, (t) -> t == 60), series(83, 100, (t) -> false), null));
		// context 15, and a row that was filled in
		assertThat(task.training().size()).isEqualTo(80 - 15 - 1);
		assertThat(task.validation().size()).isEqualTo(17);
		float[] window = ((Sequences.Values) task.validation().batch(0).inputs()).data();
		// x, sine and cosine of a step: the last four hold what was last seen before
		float[] last = ((Targets.Values) task.training().batch(63).targets()).data();
		for (int t = 11; t < 15; t++) {
			assertThat(window[3 * t]).isEqualTo(last[0]);
		}
	}

	@Test
	void nothingIsFittedToWhatAValueOfTheHeldOutPartFillsIn() {
		String fields = FORWARD.replace("forwardFill", "interpolate");
		String own = series(0, 80, (t) -> false) + day(80) + ",\n";
		String near = "day,x\n" + day(82) + ",10\n" + day(83) + ",9\n" + day(84) + ",11\n" + day(85) + ",12\n";
		assertThat(fitted(plan(fields, DATASET, null).prepare(data(own, near, null))))
			.isEqualTo(fitted(plan(fields, DATASET, null).prepare(data(own, near.replace(",10\n", ",10000\n"), null))));
	}

	@Test
	void norToWhatAKnownCovariateOfTheHeldOutPartFillsIn() {
		String fields = FORWARD.replace("forwardFill", "interpolate") + ", \"futureCovariates\": \"y\"";
		String own = series(0, 80, (t) -> false).replaceAll("\n", ",5\n").replace("x,5", "x,y") + day(80) + ",11,\n";
		String near = "day,x,y\n" + day(81) + ",10,7\n" + day(82) + ",9,8\n" + day(83) + ",11,9\n";
		PreparedTask<?> task = plan(fields, DATASET, null).prepare(data(own, near, null));
		assertThat(fitted(task))
			.isEqualTo(fitted(plan(fields, DATASET, null).prepare(data(own, near.replace(",7\n", ",10000\n"), null))));
		assertThat(task.training().size()).isEqualTo(80 - 15);
	}

	@Test
	void aSeriesThatIsOnlyHeldOutIsNamedAndNotForecast() {
		String fields = FORWARD + ", \"series\": \"shop\"";
		String held = shops(80, 100, (t) -> false);
		PreparedTask<?> task = plan(fields, DATASET, null)
			.prepare(data(shops(0, 80, (t) -> false), held + day(80) + ",new,1\n" + day(81) + ",new,2\n", null));
		assertThat(task.validation().size()).isEqualTo(40);
		Evaluation evaluation = evaluation(task);
		JsonNode details = JSON.valueToTree(evaluation.details());
		assertThat(details.get("tooShort")).isEqualTo(JSON.readTree("[\"new\"]"));
		assertThat(evaluation.examples()).isEqualTo(2 * (20 - 2));
	}

	@Test
	void aSeriesWithoutHeldOutRowsIsLearnedAndNotJudged() {
		String fields = FORWARD + ", \"series\": \"shop\"";
		PreparedTask<?> task = plan(fields, "{\"fraction\": 0.1}", DATASET)
			.prepare(data(shops(0, 80, (t) -> false), null, shops(80, 100, (t) -> false).replaceAll(".*,b,.*\n", "")));
		assertThat(task.training().size()).isEqualTo(2 * (72 - 15));
		assertThat(evaluation(task)).satisfies((evaluation) -> {
			assertThat(evaluation.on()).isEqualTo("test");
			assertThat(evaluation.examples()).isEqualTo(20 - 2);
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			validation | 2024-03-20,a,1 | 2 | 'day' '2024-03-20' after '2024-03-20': times must rise by whole steps
			test       | 2024-03-20,a,1 | 2 | 'day' '2024-03-20' after '2024-03-20': times must rise by whole steps
			validation | 2024-01-01,a,1 | 2 | 'day' '2024-01-01' after '2024-03-20': times must rise by whole steps
			validation | 2024-03-21,a,  | 2 | 'x' is missing
			validation | 2024-03-23,a,1 | 2 | 'day' '2024-03-23' after '2024-03-20': 2 rows are missing between them
			validation | 2024-03-21,c,1 |   | has no row of a series that is trained on
			test       | 2024-03-21,c,1 |   | has no row of a series that is trained on
			""", quoteCharacter = '`')
	void saysWhichRowsDoNotFollow(String part, String row, @Nullable Long line, String detail) {
		String fields = "\"time\": \"day\", \"series\": \"shop\"";
		String own = shops(0, 80, (t) -> false);
		String held = "day,shop,x\n" + row + "\n";
		boolean test = part.equals("test");
		TrainingPlan plan = plan(fields, test ? "{\"fraction\": 0.1}" : DATASET, test ? DATASET : null);
		InvalidRequestException refused = catchThrowableOfType(InvalidRequestException.class,
				() -> plan.prepare(data(own, test ? null : held, test ? held : null)));
		Violation fault = refused.violations().get(0);
		assertThat(fault.pointer()).isEqualTo("/training/" + part + "/dataset");
		assertThat(fault.line()).isEqualTo(line);
		assertThat(fault.detail()).startsWith(detail);
	}

	@Test
	void saysWhichColumnADatasetLacks() {
		InvalidRequestException refused = catchThrowableOfType(InvalidRequestException.class,
				() -> plan(FORWARD, DATASET, null).prepare(
						data(series(0, 80, (t) -> false), series(80, 90, (t) -> false).replace(",x", ",y"), null)));
		assertThat(refused.violations()).first().satisfies((fault) -> {
			assertThat(fault.pointer()).isEqualTo("/training/validation/dataset");
			assertThat(fault.line()).isEqualTo(2);
			assertThat(fault.detail()).isEqualTo("no column is named 'x': there are day, y");
		});
	}

	private static void assertAlike(PreparedTask<?> one, PreparedTask<?> other) {
		assertThat(fitted(one)).isEqualTo(fitted(other));
		assertThat(windows(one.training())).isEqualTo(windows(other.training())).isNotEmpty();
		assertThat(windows(one.validation())).isEqualTo(windows(other.validation())).isNotEmpty();
		assertThat(evaluation(one)).usingRecursiveComparison().isEqualTo(evaluation(other));
	}

	private static JsonNode fitted(PreparedTask<?> task) {
		return JSON.valueToTree(task.fitted());
	}

	private static List<List<Float>> windows(Examples examples) {
		List<List<Float>> windows = new ArrayList<>();
		for (int i = 0; i < examples.size(); i++) {
			List<Float> window = new ArrayList<>();
			for (float value : ((Sequences.Values) examples.batch(i).inputs()).data()) {
				window.add(value);
			}
			window.add(((Targets.Values) examples.batch(i).targets()).data()[0]);
			windows.add(window);
		}
		return windows;
	}

	/** That of a network as it is drawn. */
	@SuppressWarnings("unchecked")
	private static Evaluation evaluation(PreparedTask<?> task) {
		PreparedTask<SequenceNetwork> sequences = (PreparedTask<SequenceNetwork>) task;
		try (TrainableNetwork<SequenceNetwork> network = sequences.architecture()
			.trainable(OptimizerSpec.standard(), GradientClipping.none(), 1)) {
			return sequences.evaluate(network.serving());
		}
	}

	private static TrainingPlan plan(String fields, String validation, @Nullable String test) {
		return JSON.readValue("""
				{"task": {"type": "forecasting", "target": "x", "horizon": 3, "context": 15, %s},
				 "network": {"layers": [{"cell": "gru", "units": 3}]},
				 "training": {"validation": %s%s}}""".formatted(fields, validation,
				(test != null) ? ", \"test\": " + test : ""), TrainingPlan.class);
	}

	private static TrainingData data(String own, @Nullable String validation, @Nullable String test) {
		return new TrainingData(source(own), (validation != null) ? source(validation) : null,
				(test != null) ? source(test) : null);
	}

	private static DataSource source(String csv) {
		return DataSource.of(DataFormat.CSV, csv);
	}

}
