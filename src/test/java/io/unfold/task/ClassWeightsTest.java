package io.unfold.task;

import java.util.List;

import io.unfold.problem.InvalidRequestException;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ClassWeightsTest {

	@Test
	void balancedClassesWeighTheSameTogether() {
		List<Double> weights = read("\"balanced\"").of(List.of("rare", "common"), new long[] { 10, 90 });
		assertThat(10 * weights.get(0)).isCloseTo(90 * weights.get(1), within(1e-9));
		assertThat(10 * weights.get(0) + 90 * weights.get(1)).isCloseTo(100, within(1e-9));
	}

	@Test
	void weightsByLabelKeepTheirRatioAndHaveAMeanOfOne() {
		List<Double> weights = read("{\"b\": 2, \"c\": 0}").of(List.of("a", "b", "c"), new long[] { 2, 1, 1 });
		assertThat(weights).containsExactly(1.0, 2.0, 0.0);
		assertThat(read("{\"b\": 3}").of(List.of("a", "b"), new long[] { 1, 1 })).containsExactly(0.5, 1.5);
	}

	@Test
	void aClassThatDoesNotOccurDisturbsNothing() {
		assertThat(read("\"balanced\"").of(List.of("a", "b"), new long[] { 4, 0 })).containsExactly(1.0, 0.0);
	}

	@Test
	void refusesWhatIsNoLabelAndWhatLeavesNothing() {
		assertThatThrownBy(() -> read("{\"x/y\": 2}").of(List.of("a", "b"), new long[] { 1, 1 }))
			.isInstanceOfSatisfying(InvalidRequestException.class,
					(fault) -> assertThat(fault.violations().get(0).pointer())
						.isEqualTo("/training/classWeights/x~1y"));
		assertThatThrownBy(() -> read("{\"a\": 0, \"b\": 0}").of(List.of("a", "b"), new long[] { 1, 1 }))
			.isInstanceOf(InvalidRequestException.class);
		for (String json : List.of("\"even\"", "{}", "{\"a\": -1}", "{\"a\": null}", "3")) {
			assertThatThrownBy(() -> read(json)).as(json).isInstanceOf(JacksonException.class);
		}
	}

	@Test
	void isReadBackAsItWasWritten() {
		for (String json : List.of("\"balanced\"", "{\"b\":2.0}")) {
			assertThat(JsonMapper.shared().writeValueAsString(read(json))).isEqualTo(json);
		}
	}

	private static ClassWeights read(String json) {
		return JsonMapper.shared().readValue(json, ClassWeights.class);
	}

}
