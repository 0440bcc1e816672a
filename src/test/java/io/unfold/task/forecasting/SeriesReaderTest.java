package io.unfold.task.forecasting;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.unfold.data.DataFormat;
import io.unfold.data.DataSource;
import io.unfold.data.TimeStep;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
import io.unfold.task.Split;
import io.unfold.task.TaskSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

class SeriesReaderTest {

	@Test
	void tellsSeriesApartThoughTheirRowsAlternate() {
		List<Series> series = read("\"series\": \"shop\"", """
				shop,x
				a,1
				7,10
				a,2
				7,20
				a,3
				""").series();
		assertThat(series).extracting(Series::name).containsExactly("a", "7");
		assertThat(column(series.get(0), 0)).containsExactly(1, 2, 3);
		assertThat(column(series.get(1), 0)).containsExactly(10, 20);
	}

	@Test
	void orderOfColumnsIsThatOfTheTask() {
		Series series = read("\"pastCovariates\": [\"w\"], \"futureCovariates\": \"p\"", """
				p,w,x
				1,2,3
				4,5,6
				""").series().get(0);
		assertThat(series.rows(0, 2, 3)).isDeepEqualTo(new double[][] { { 3, 2, 1 }, { 6, 5, 4 } });
	}

	@Test
	void fillsGapsInTimeAndTellsTheirDates() {
		SeriesReader.Read read = read("\"time\": \"d\", \"missing\": \"interpolate\", \"calendar\": \"dayOfWeek\"", """
				d,x
				2024-01-01,1
				2024-01-02,2
				2024-01-05,5
				2024-01-06,
				2024-01-07,9
				""");
		assertThat(read.step()).isEqualTo(new TimeStep(TimeStep.Unit.SECONDS, 86_400));
		Series series = read.series().get(0);
		assertThat(column(series, 0)).containsExactly(1, 2, 3, 4, 5, 7, 9);
		assertThat(series.filled().stream()).containsExactly(2, 3, 5);
		for (int t = 0; t < 7; t++) {
			assertThat(series.rows(t, t + 1, 3)[0][1]).isCloseTo(Math.sin(2 * Math.PI * t / 7), within(1e-12));
			assertThat(series.rows(t, t + 1, 3)[0][2]).isCloseTo(Math.cos(2 * Math.PI * t / 7), within(1e-12));
		}
	}

	/** What was interpolated tells of the row after it. */
	@Test
	void noForecastBeginsBehindWhatWasFilledInByWhatItWouldForecast() {
		String csv = "x\n1\n2\n\"\"\n4\n5\n";
		Series interpolated = read("\"missing\": \"interpolate\"", csv).series().get(0);
		assertThat(IntStream.range(1, 5).filter(interpolated::isOrigin)).containsExactly(1, 2, 4);
		assertThat(IntStream.range(0, 5).filter(interpolated::isTrue)).containsExactly(0, 1, 3, 4);
		Series carried = read("\"missing\": \"forwardFill\"", csv).series().get(0);
		assertThat(IntStream.range(1, 5).filter(carried::isOrigin)).containsExactly(1, 2, 3, 4);
	}

	@Test
	void aSeriesBeginsWhereEveryColumnHasHadANumber() {
		Series series = read("\"pastCovariates\": \"w\", \"missing\": \"forwardFill\"", """
				x,w
				1,NaN
				2,NA
				null,7
				4,8
				""").series().get(0);
		assertThat(column(series, 0)).containsExactly(2, 4);
		assertThat(column(series, 1)).containsExactly(7, 8);
		assertThat(series.filled().stream()).containsExactly(0);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			2024-01-05       | 5 | '2024-01-05' after '2024-01-02': 2 rows are missing between them
			2024-01-04       | 5 | a row is missing between them
			2024-01-02       | 5 | times must rise by whole steps of 1 day(s)
			2023-12-31       | 5 | times must rise by whole steps
			2024-01-02T06:00 | 5 | times must rise by whole steps
			yesterday        | 5 | ISO 8601
			7                | 5 | must be a date, as in the first row
			``               | 5 | is missing: every row has a time
			""", quoteCharacter = '`')
	void saysOnWhichLineTimesGoWrong(String time, long line, String detail) {
		InvalidRequestException fault = catchThrowableOfType(InvalidRequestException.class,
				() -> read("\"time\": \"d\"", "d,x\n2023-12-31,0\n2024-01-01,1\n2024-01-02,2\n" + time + ",3\n"));
		Violation violation = fault.violations().get(0);
		assertThat(violation.line()).isEqualTo(line);
		assertThat(violation.pointer()).isEqualTo("/d");
		assertThat(violation.detail()).contains(detail);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2024-01-02", "2024-01-03" })
	void refusesTimesThatNeverRise(String second) {
		String rows = "day,x\n2024-01-03,1\n" + second + ",2\n" + second + ",3\n";
		InvalidRequestException refused = catchThrowableOfType(InvalidRequestException.class,
				() -> read("\"target\": \"x\", \"time\": \"day\"", rows));
		assertThat(refused.violations()).singleElement().satisfies((fault) -> {
			assertThat(fault.pointer()).isEqualTo("/day");
			assertThat(fault.line()).isEqualTo(3);
			assertThat(fault.detail()).isEqualTo(
					"'" + second + "' after '2024-01-03': times must rise, and nowhere do; send the oldest row first");
		});
	}

	@Test
	void refusesGapsThatAreMistakesOfTyping() {
		InvalidRequestException fault = catchThrowableOfType(InvalidRequestException.class,
				() -> read("\"time\": \"d\", \"missing\": \"interpolate\"",
						"d,x\n2024-01-01,1\n2024-01-02,2\n2044-01-03,3\n"));
		assertThat(fault.violations().get(0).line()).isEqualTo(4);
		assertThat(fault.violations().get(0).detail()).contains("too many rows");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"series": "shop"          | /task/series           | no column is named 'shop'
			"pastCovariates": "w"     | /task/pastCovariates   | no column is named 'w'
			"futureCovariates": ["p"] | /task/futureCovariates | no column is named 'p'
			"time": "d"               | /task/time             | no column is named 'd'
			""", quoteCharacter = '`')
	void saysWhichColumnIsNotThere(String field, String pointer, String detail) {
		InvalidRequestException fault = catchThrowableOfType(InvalidRequestException.class,
				() -> read(field, "x,y\n1,2\n"));
		assertThat(fault.violations().get(0).pointer()).isEqualTo(pointer);
		assertThat(fault.violations().get(0).detail()).contains(detail);
	}

	private static SeriesReader.Read read(String fields, String csv) {
		Forecasting task = (Forecasting) JsonMapper.shared()
			.readValue("{\"type\": \"forecasting\", \"target\": \"x\", " + fields + "}", TaskSpec.class);
		return SeriesReader.read(task, DataSource.of(DataFormat.CSV, csv), new Split(0.1, null, 1));
	}

	private static double[] column(Series series, int column) {
		return Arrays.stream(series.rows(0, series.length(), column + 1)).mapToDouble((row) -> row[column]).toArray();
	}

}
