package io.unfold.task.forecasting;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.unfold.data.DataFormat;
import io.unfold.data.DataSource;
import io.unfold.nn.network.Batch;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.Targets;
import io.unfold.nn.network.Tensor;
import io.unfold.nn.network.Tensors;
import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.Examples;
import io.unfold.task.PredictRequest;
import io.unfold.task.Split;
import io.unfold.task.TaskSpec;
import io.unfold.training.Checkpoints;
import io.unfold.training.EpochMetrics;
import io.unfold.training.MiniBatchTrainer;
import io.unfold.training.TrainedModel;
import io.unfold.training.TrainingListener;
import io.unfold.training.TrainingPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

/** Several series, covariates, gaps and intervals, from the data to the answer. */
class ForecastingTest {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String SHOPS = """
			{"type": "forecasting", "target": "sales", "pastCovariates": "visitors", "futureCovariates": "promotion",
			 "calendar": ["dayOfWeek"], "time": "day", "series": "shop", "missing": "forwardFill", "horizon": 3,
			 "context": 8, "differencing": false, "level": 0.8}""";

	/** One model for all tests, trained once. */
	private static final TrainedModel MODEL = train(SHOPS, shops());

	/** Three shops of unlike size that differ in nothing else, and one just opened. */
	private static DataSource shops() {
		Random random = new Random(1);
		StringBuilder csv = new StringBuilder("day,shop,sales,visitors,promotion\n");
		for (int t = 0; t < 200; t++) {
			String day = LocalDate.of(2024, 1, 1).plusDays(t).toString();
			for (int shop = 0; shop < 3; shop++) {
				if (t == 50 && shop == 1) {
					continue;
				}
				double size = Math.pow(10, shop);
				int promotion = (random.nextInt(4) == 0) ? 1 : 0;
				double sales = size
						* (10 + 5 * promotion + 3 * Math.sin(2 * Math.PI * t / 7) + 0.5 * random.nextGaussian());
				csv.append(day)
					.append(",shop-")
					.append(shop)
					.append(',')
					.append(sales)
					.append(',')
					.append(20 + t % 3)
					.append(',')
					.append(promotion)
					.append('\n');
			}
		}
		for (int t = 195; t < 200; t++) {
			csv.append(LocalDate.of(2024, 1, 1).plusDays(t)).append(",new,1,1,0\n");
		}
		return DataSource.of(DataFormat.CSV, csv.toString());
	}

	@Test
	void learnsFromAllSeriesWhatIsKnownAhead() {
		Map<String, Double> metrics = MODEL.evaluation().metrics();
		// noise alone leaves 0.1 to 0.15 of the naive error, promotions that are not read
		// 0.6
		assertThat(metrics.get("mase")).isLessThan(0.4);
		assertThat(metrics.get("coverage")).isBetween(0.6, 0.97);
		assertThat(metrics).containsKeys("rmse", "mae", "smape", "intervalWidth", "intervalScore");
		BacktestDetails details = (BacktestDetails) MODEL.evaluation().details();
		assertThat(details.tooShort()).containsExactly("new");
		assertThat(details.filledRows()).isEqualTo(1);
		assertThat(details.series()).containsOnlyKeys("shop-0", "shop-1", "shop-2");
		assertThat(details.steps()).extracting(BacktestDetails.Step::step).containsExactly(1, 2, 3);
		assertThat(details.baselines()).extracting(BacktestDetails.Naive::name).containsExactly("naive (last value)");
		// 20 held-out rows of each, from which 18 forecasts are whole
		assertThat(MODEL.evaluation().examples()).isEqualTo(3 * 18);
	}

	@Test
	void answersTheSameAfterItWasStoredAndReadBack() {
		JsonNode stored = JSON.readTree(JSON.writeValueAsString(MODEL.task()));
		TaskSpec task = JSON.treeToValue(stored, TaskSpec.class);
		assertThat(task).isEqualTo(MODEL.task());
		Forecaster read = (Forecaster) task.trained(JSON.readTree(JSON.writeValueAsString(MODEL.fitted())),
				MODEL.network(), MODEL.parameters());
		assertThat(json(read.predict(request(question("")))))
			.isEqualTo(json(forecaster().predict(request(question("")))));
	}

	@Test
	void whatIsKnownOfTheFutureDecidesTheForecast() {
		double[][] forecast = forecaster().predict(request(question(", \"series\": \"shop-1\""))).get(0).forecast();
		assertThat(forecast).hasDimensions(3, 1);
		// by the rule 113, 87 and 50 for the promotion, and 71
		double[] rule = { 113, 137, 71 };
		for (int h = 0; h < 3; h++) {
			assertThat(forecast[h][0]).isCloseTo(rule[h], within(20.0));
		}
	}

	@Test
	void horizonIsAsLongAsWhatIsKnownAheadAndMayBeLongerThanTrained() {
		String longer = question("").replace("[0, 1, 0]", "[0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1]");
		Forecaster.Prediction prediction = forecaster().predict(request(longer)).get(0);
		assertThat(prediction.forecast()).hasDimensions(11, 1);
		for (int h = 0; h < 11; h++) {
			assertThat(prediction.lower()[h][0]).isLessThanOrEqualTo(prediction.forecast()[h][0]);
			assertThat(prediction.upper()[h][0]).isGreaterThanOrEqualTo(prediction.forecast()[h][0]);
		}
	}

	@Test
	void aRowThatIsMissingInAContextIsFilledIn() {
		String question = question("");
		String row = "{\"day\": \"2024-08-05\", \"sales\": 100, \"visitors\": 20, \"promotion\": 0}, ";
		String gap = question.replace(row, "");
		String none = question.replace(row,
				"{\"day\": \"2024-08-05\", \"sales\": null, \"visitors\": null, \"promotion\": null}, ");
		assertThat(gap).isNotEqualTo(question);
		assertThat(json(forecaster().predict(request(gap)))).isEqualTo(json(forecaster().predict(request(none))));
	}

	@Test
	void severalContextsAreAnsweredAsEachAlone() {
		JsonNode one = JSON.readTree(question(""));
		String several = "{\"contexts\": [%1$s, %1$s], \"futures\": [%2$s, %2$s], \"series\": [null, \"shop-2\"]}"
			.formatted(one.get("context"), one.get("future"));
		List<Forecaster.Prediction> both = forecaster().predict(request(several));
		assertThat(both.get(0).forecast()[0])
			.containsExactly(forecaster().predict(request(question(""))).get(0).forecast()[0], within(1e-3));
		assertThat(both.get(1).forecast()[0]).containsExactly(
				forecaster().predict(request(question(", \"series\": \"shop-2\""))).get(0).forecast()[0], within(1e-3));
	}

	@Test
	void aWiderLevelMayBeAskedFor() {
		Forecaster.Prediction usual = forecaster().predict(request(question(""))).get(0);
		Forecaster.Prediction wide = forecaster().predict(request(question(", \"level\": 0.95"))).get(0);
		assertThat(wide.lower()[0][0]).isLessThan(usual.lower()[0][0]);
		assertThat(wide.upper()[0][0]).isGreaterThan(usual.upper()[0][0]);
	}

	@Test
	void aSeriesThatIsNotNamedMustShowItsScale() {
		ArrayNode rows = (ArrayNode) JSON.readTree(question("")).get("context");
		String few = "{\"context\": [%s, %s, %s], \"future\": [0]%s}";
		String named = few.formatted(rows.get(4), rows.get(5), rows.get(6), ", \"series\": \"shop-1\"");
		assertThat(forecaster().predict(request(named)).get(0).forecast()).hasDimensions(1, 1);
		InvalidRequestException fault = catchThrowableOfType(InvalidRequestException.class,
				() -> forecaster().predict(request(few.formatted(rows.get(4), rows.get(5), rows.get(6), ""))));
		assertThat(fault.violations().get(0).detail()).contains("has 3 rows: at least 4 are needed where no 'series'");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					"future": [0, 1, 0]      | "x": 1                    | /future               | must be a list of 3 rows, one for each step of the horizon, with what is known of promotion
					"future": [0, 1, 0]      | "future": [0, null, 0]    | /future/1             | is missing: it must be known ahead
					"future": [0, 1, 0]      | "future": [0, [1, 2], 0]  | /future/1             | a value for each of promotion
					"future": [0, 1, 0]      | "future": [0, 1], "horizon": 3 | /future          | one for each step of the horizon
					"future": [0, 1, 0]      | "future": [], "horizon": 0 | /horizon             | must be between 1
					"future": [0, 1, 0]      | "future": [0, 1, 0], "futures": [] | /futures     | send 'future' with 'context'
					"future": [0, 1, 0]      | "future": [0, 1, 0], "series": "shop-9" | /series  | must name a series that the model was trained on
					"future": [0, 1, 0]      | "future": [0, 1, 0], "level": 1.5 | /level          | must be between 0.01 and 0.99
					"day": "2024-08-06", "sales" | "sales"               | /context/5/day        | is missing: the model reads the date
					"2024-08-06"             | "2024-08-05"              | /context/5/day        | times must rise by whole steps
					"2024-08-06"             | 7                         | /context/5/day        | must be a date, as in the data
					"2024-08-06"             | "soon"                    | /context/5/day        | ISO 8601
					"promotion": 1           | "promotion": "yes"        | /context/6/promotion  | must be a number, but is 'yes'
					""",
			quoteCharacter = '`')
	void saysWhatIsWrongWithARequest(String part, String instead, String pointer, String detail) {
		String question = question("").replace(part, instead).replace(", \"x\": 1", "");
		InvalidRequestException fault = catchThrowableOfType(InvalidRequestException.class,
				() -> forecaster().predict(request(question)));
		assertThat(fault).as(question).isNotNull();
		assertThat(fault.violations().get(0).pointer()).isEqualTo(pointer);
		assertThat(fault.violations().get(0).detail()).contains(detail);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"target": ["x", "x"]                              | target
			"target": "x", "pastCovariates": "x"              | pastCovariates
			"target": "x", "futureCovariates": ["a", "a"]     | futureCovariates
			"target": "x", "series": "x"                      | series
			"target": "x", "time": "x"                        | time
			"target": "x", "calendar": "month"                | calendar
			"target": "x", "time": "t", "calendar": "moon"    | calendar
			"target": "x", "missing": "ignore"                | missing
			"target": "x", "level": 1                         | level
			"target": "x", "backtest": {"stride": 0}          | stride
			""", quoteCharacter = '`')
	void refusesTasksThatCannotBe(String fields, String field) {
		assertThatThrownBy(() -> JSON.readValue("{\"type\": \"forecasting\", " + fields + "}", TaskSpec.class))
			.rootCause()
			.isInstanceOfSatisfying(InvalidFieldException.class, (fault) -> assertThat(fault.field()).isEqualTo(field));
	}

	@Test
	void intervalsAreNotForReservoirs() {
		InvalidRequestException fault = catchThrowableOfType(InvalidRequestException.class,
				() -> task("{\"type\": \"forecasting\", \"target\": \"x\", \"level\": 0.8}").prepare(
						DataSource.of(DataFormat.CSV, "x\n" + "1\n2\n".repeat(50)),
						JSON.readValue("{\"layers\": [{\"cell\": \"reservoir\", \"units\": 4}]}", NetworkSpec.class),
						new Split(0.1, null, 1)));
		assertThat(fault.violations().get(0).pointer()).isEqualTo("/task/level");
	}

	@Test
	void windowsStayWithinTheirSeriesAndReadWhatIsKnownOfTheRowAhead() {
		StringBuilder csv = new StringBuilder("s,x,p\n");
		for (int t = 0; t < 20; t++) {
			csv.append("a,").append(t).append(',').append(1000 + t).append('\n');
			csv.append("b,").append(100 + t).append(',').append(2000 + t).append('\n');
		}
		Examples examples = task("""
				{"type": "forecasting", "target": "x", "futureCovariates": "p", "series": "s", "context": 4,
				 "differencing": false, "scaling": "none"}""")
			.prepare(DataSource.of(DataFormat.CSV, csv.toString()), null, new Split(0.1, null, 1))
			.training();
		// of each series 18 rows are trained on, and 4 come before the first that is
		// learned
		assertThat(examples.size()).isEqualTo(2 * 14);
		List<List<Float>> windows = new ArrayList<>();
		for (int example : new int[] { 0, 13, 14, 27 }) {
			Batch batch = examples.batch(example);
			List<Float> window = new ArrayList<>();
			for (float value : ((Sequences.Values) batch.inputs()).data()) {
				window.add(value);
			}
			window.add(((Targets.Values) batch.targets()).data()[0]);
			windows.add(window);
		}
		assertThat(windows).containsExactly(List.of(0f, 1001f, 1f, 1002f, 2f, 1003f, 3f, 1004f, 4f),
				List.of(13f, 1014f, 14f, 1015f, 15f, 1016f, 16f, 1017f, 17f),
				List.of(100f, 2001f, 101f, 2002f, 102f, 2003f, 103f, 2004f, 104f),
				List.of(113f, 2014f, 114f, 2015f, 115f, 2016f, 116f, 2017f, 117f));
		Batch both = examples.batch(13, 14);
		assertThat(((Targets.Values) both.targets()).data()).containsExactly(17f, 104f);
	}

	/** A naive network, which answers that nothing changes, is as good as naive. */
	@Test
	void aNetworkThatForecastsNoChangeHasNoSkill() {
		StringBuilder csv = new StringBuilder("x\n");
		for (int t = 0; t < 100; t++) {
			csv.append(t * t % 17).append('\n');
		}
		TrainedModel model = train(
				"{\"type\": \"forecasting\", \"target\": \"x\", \"season\": 4, \"horizon\": 4, \"scaling\": \"none\", \"backtest\": {\"stride\": 3}}",
				DataSource.of(DataFormat.CSV, csv.toString()));
		var zeros = new LinkedHashMap<String, Tensor>();
		model.parameters()
			.byName()
			.forEach((name, tensor) -> zeros.put(name, new Tensor(tensor.shape(), new float[tensor.values().length])));
		PreparedForecasting prepared = (PreparedForecasting) model.task()
			.prepare(DataSource.of(DataFormat.CSV, csv.toString()), model.network(), new Split(0.2, null, 1));
		var evaluation = prepared.evaluate(prepared.architecture().serving(new Tensors(zeros)));
		assertThat(evaluation.baseline().name()).isEqualTo("seasonal naive");
		assertThat(evaluation.skill()).isCloseTo(0, within(1e-9));
		assertThat(evaluation.metrics()).isEqualTo(evaluation.baseline().metrics());
		// 20 rows are held out: forecasts begin at 0, 3, ..., 15
		assertThat(evaluation.examples()).isEqualTo(6);
		BacktestDetails details = (BacktestDetails) evaluation.details();
		assertThat(details.stride()).isEqualTo(3);
		assertThat(details.baselines()).extracting(BacktestDetails.Naive::name)
			.containsExactly("seasonal naive", "naive (last value)");
	}

	private static String question(String more) {
		return """
				{"context": [{"day": "2024-08-01", "sales": 113, "visitors": 21, "promotion": 0}, \
				{"day": "2024-08-02", "sales": 87, "visitors": 20, "promotion": 0}, \
				{"day": "2024-08-03", "sales": 71, "visitors": 20, "promotion": 0}, \
				{"day": "2024-08-04", "sales": 77, "visitors": 22, "promotion": 0}, \
				{"day": "2024-08-05", "sales": 100, "visitors": 20, "promotion": 0}, \
				{"day": "2024-08-06", "sales": 123, "visitors": 21, "promotion": 0}, \
				{"day": "2024-08-07", "sales": 179, "visitors": 22, "promotion": 1}], "future": [0, 1, 0]""" + more
				+ "}";
	}

	private static JsonNode json(Object value) {
		return JSON.valueToTree(value);
	}

	private static Forecaster forecaster() {
		return (Forecaster) MODEL.task().trained(MODEL.fitted(), MODEL.network(), MODEL.parameters());
	}

	private static PredictRequest request(String json) {
		return JSON.readValue(json, PredictRequest.class);
	}

	private static TaskSpec task(String json) {
		return JSON.readValue(json, TaskSpec.class);
	}

	private static TrainedModel train(String task, DataSource data) {
		TrainingPlan plan = JSON.readValue("""
				{"task": %s, "network": {"layers": [{"cell": "gru", "units": 16}]},
				 "training": {"epochs": 30, "optimizer": {"type": "adam", "learningRate": 0.01}}}""".formatted(task),
				TrainingPlan.class);
		return new MiniBatchTrainer().train(plan, data, new TrainingListener() {
			@Override
			public void progress(Progress progress) {
			}

			@Override
			public void epoch(EpochMetrics metrics) {
			}

			@Override
			public boolean cancelled() {
				return false;
			}
		}, Checkpoints.none());
	}

}
