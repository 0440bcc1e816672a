package io.unfold.training;

import io.unfold.nn.network.GradientClipping;
import io.unfold.problem.InvalidFieldException;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrainingSpecTest {

	@Test
	void refusesHeldOutPartsThatLeaveNothingToTrainOn() {
		assertThatThrownBy(() -> read("{\"validation\": {\"fraction\": 0.5}, \"test\": {\"fraction\": 0.5}}"))
			.isInstanceOf(JacksonException.class)
			.rootCause()
			.isInstanceOfSatisfying(InvalidFieldException.class,
					(fault) -> assertThat(fault.field()).isEqualTo("test/fraction"));
		assertThat(read("{\"validation\": {\"fraction\": 0.5}, \"test\": {\"fraction\": 0.4}}").test()).isNotNull();
	}

	@Test
	void partsOfOneDatasetAreHeldOutAlike() {
		assertThatThrownBy(() -> read("""
				{"validation": {"fraction": 0.1, "by": "a"}, "test": {"fraction": 0.1, "order": "time"}}"""))
			.rootCause()
			.isInstanceOfSatisfying(InvalidFieldException.class,
					(fault) -> assertThat(fault.field()).isEqualTo("test"));
		for (String test : new String[] { "{\"fraction\": 0.2}", "{\"fraction\": 0.2, \"by\": \"a\"}",
				"{\"dataset\": \"t\"}" }) {
			assertThat(read("{\"validation\": {\"fraction\": 0.1, \"by\": \"a\"}, \"test\": " + test + "}").test())
				.isNotNull();
		}
	}

	@Test
	void everythingHasADefault() {
		assertThat(read("{}")).isEqualTo(TrainingSpec.standard());
	}

	@Test
	void clipsByNormByValueByBothOrNotAtAll() {
		assertThat(clipping("{\"globalNorm\": 2}")).isEqualTo(new GradientClipping(2.0, null));
		assertThat(clipping("{\"value\": 0.5}")).isEqualTo(new GradientClipping(null, 0.5));
		assertThat(clipping("{\"value\": 0.5, \"globalNorm\": 2}")).isEqualTo(new GradientClipping(2.0, 0.5));
		assertThat(clipping("{}")).isEqualTo(GradientClipping.none());
		assertThat(clipping("{\"globalNorm\": null}")).isEqualTo(GradientClipping.none());
		assertThat(read("{}").gradientClipping()).isEqualTo(new GradientClipping(1.0));
		assertThatThrownBy(() -> clipping("{\"value\": 0}")).rootCause()
			.isInstanceOfSatisfying(InvalidFieldException.class,
					(fault) -> assertThat(fault.field()).isEqualTo("value"));
		assertThatThrownBy(() -> clipping("1.0")).isInstanceOf(JacksonException.class);
	}

	private static GradientClipping clipping(String json) {
		return read("{\"gradientClipping\": " + json + "}").gradientClipping();
	}

	private static TrainingSpec read(String json) {
		return JsonMapper.shared().readValue(json, TrainingSpec.class);
	}

}
