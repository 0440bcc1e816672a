package io.unfold.data;

import java.util.Arrays;
import java.util.List;

import io.unfold.problem.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class TimeStepTest {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					2020-01-01, 2020-01-02, 2020-01-04                               | SECONDS  | 86400 | 1, 2 | 2020-01-05
					2020-01-03, 2020-01-10, 2020-01-24, 2020-01-31                   | SECONDS  | 604800 | 1, 2, 1 | 2020-02-07
					2024-02-28T23:00, 2024-02-29T00:00, 2024-02-29T01:00             | SECONDS  | 3600 | 1, 1 | 2024-02-29T02:00
					2020-01, 2020-02, 2020-05                                        | MONTHS   | 1 | 1, 3 | 2020-06-01
					2020-01-31, 2020-02-29, 2020-03-31                               | MONTHS   | 1 | 1, 1 | 2020-04-30
					2020-01-15, 2020-04-15, 2020-07-15                               | MONTHS   | 3 | 1, 1 | 2020-10-15
					2019-01-01, 2020-01-01, 2021-01-01                               | MONTHS   | 12 | 1, 1 | 2022-01-01
					2026-11-19, 2026-11-20, 2026-11-23, 2026-11-24, 2026-11-26       | WEEKDAYS | 1 | 1, 1, 1, 2 | 2026-11-27
					2026-11-19, 2026-11-20, 2026-11-21, 2026-11-22, 2026-11-23       | SECONDS  | 86400 | 1, 1, 1, 1 | 2026-11-24
					1949, 1950, 1953                                                 | NUMBER   | 1 | 1, 3 | 1954
					0.1, 0.2, 0.3, 0.5                                               | NUMBER   | 0.1 | 1, 1, 2 | 0.6
					""")
	void isTheStepBetweenMostRows(String times, TimeStep.Unit unit, double length, String between, String next) {
		List<Moment> moments = Arrays.stream(times.split(", ")).map(TimeStepTest::moment).toList();
		TimeStep step = detect(List.of(moments));
		assertThat(step).isNotNull();
		assertThat(step.unit()).isEqualTo(unit);
		assertThat(step.length()).isCloseTo(length, within(1e-9));
		int[] expected = Arrays.stream(between.split(", ")).mapToInt(Integer::parseInt).toArray();
		for (int i = 1; i < moments.size(); i++) {
			assertThat(step.between(moments.get(i - 1), moments.get(i))).isEqualTo(expected[i - 1]);
		}
		Moment after = step.plus(moments.get(moments.size() - 1), 1);
		assertThat(after.at()).isCloseTo(moment(next).at(), within(1e-9));
		assertThat(step.between(moments.get(moments.size() - 1), after)).isEqualTo(1);
		JsonMapper json = JsonMapper.shared();
		assertThat(json.readValue(json.writeValueAsString(step), TimeStep.class)).isEqualTo(step);
	}

	@ParameterizedTest
	@CsvSource({ "2020-01-02,2020-01-02", "2020-01-02,2020-01-01", "2020-01-02,2020-01-02T12:00" })
	void seesWhereTimesDoNotRiseByWholeSteps(String from, String to) {
		assertThat(new TimeStep(TimeStep.Unit.SECONDS, 86_400).between(moment(from), moment(to))).isZero();
	}

	@Test
	void seesWhereMonthsAndWeekdaysAreLeft() {
		assertThat(new TimeStep(TimeStep.Unit.MONTHS, 1).between(moment("2020-01-01"), moment("2020-02-02"))).isZero();
		assertThat(new TimeStep(TimeStep.Unit.MONTHS, 3).between(moment("2020-01-01"), moment("2020-02-01"))).isZero();
		assertThat(new TimeStep(TimeStep.Unit.WEEKDAYS, 1).between(moment("2026-11-20"), moment("2026-11-21")))
			.isZero();
		assertThat(new TimeStep(TimeStep.Unit.WEEKDAYS, 1).between(moment("2026-11-20"), moment("2026-12-04")))
			.isEqualTo(10);
	}

	@Test
	void isUnknownWhereNoTimeComesAfterAnother() {
		assertThat(detect(List.of(List.of(moment("2020-01-01")), List.of()))).isNull();
	}

	@Test
	void isThatOfSeveralSeries() {
		TimeStep step = detect(List.of(List.of(moment("2020-01-01"), moment("2020-01-03")),
				List.of(moment("2020-01-01"), moment("2020-01-02"), moment("2020-01-03"))));
		assertThat(step).isEqualTo(new TimeStep(TimeStep.Unit.SECONDS, 86_400));
	}

	@ParameterizedTest
	@CsvSource({ "2024-05,2024-05-01", "2024-05-31,2024-05-31", "2024-05-31 18:30,2024-05-31T18:30",
			"2024-05-31T18:30:05Z,2024-05-31T18:30:05", "2024-05-31T18:30+02:00,2024-05-31T16:30", "1949,1949",
			"2.5,2.5" })
	void readsTimes(String sent, String read) {
		assertThat(moment(sent)).hasToString(read);
	}

	@ParameterizedTest
	@ValueSource(strings = { "31.05.2024", "2024-13", "2024-05-32", "soon", "" })
	void refusesWhatIsNoTime(String text) {
		assertThatThrownBy(() -> Moment.parse(JsonNodeFactory.instance.stringNode(text)))
			.isInstanceOf(InvalidRequestException.class)
			.hasMessageContaining("ISO 8601");
	}

	@Test
	void december31IsNearJanuary1InTheCalendar() {
		for (CalendarFeature feature : CalendarFeature.values()) {
			double[] end = new double[3];
			double[] begin = new double[3];
			feature.write(moment("2023-12-31T23:00"), end, 1);
			feature.write(moment("2024-01-01T00:00"), begin, 1);
			assertThat(end[0]).isZero();
			assertThat(Math.hypot(end[1], end[2])).isCloseTo(1, within(1e-12));
			assertThat(Math.hypot(end[1] - begin[1], end[2] - begin[2])).isLessThan(0.9);
			assertThat(begin[1]).isCloseTo(0, within(1e-12));
			assertThat(begin[2]).isCloseTo(1, within(1e-12));
		}
	}

	private static TimeStep detect(List<List<Moment>> series) {
		StepDetector detector = new StepDetector();
		for (List<Moment> times : series) {
			for (int i = 1; i < times.size(); i++) {
				detector.add(times.get(i - 1), times.get(i));
			}
		}
		return detector.step();
	}

	private static Moment moment(String text) {
		return Moment.parse(text.matches("[0-9.]+") ? JsonNodeFactory.instance.numberNode(Double.parseDouble(text))
				: JsonNodeFactory.instance.stringNode(text));
	}

}
