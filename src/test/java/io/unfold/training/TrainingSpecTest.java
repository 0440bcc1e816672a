package io.unfold.training;

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
	void everythingHasADefault() {
		assertThat(read("{}")).isEqualTo(TrainingSpec.standard());
	}

	private static TrainingSpec read(String json) {
		return JsonMapper.shared().readValue(json, TrainingSpec.class);
	}

}
