package io.unfold.data;

import java.time.LocalDateTime;

import io.unfold.problem.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MomentTest {

	@ParameterizedTest
	@CsvSource({ "2024-05, 2024-05-01T00:00", "2024-05-31, 2024-05-31T00:00", "' 2024-05-31 ', 2024-05-31T00:00",
			"2024-05-31T18:00, 2024-05-31T18:00", "2024-05-31 18:00, 2024-05-31T18:00",
			"2024-05-31t18:00:07, 2024-05-31T18:00:07", "2024-05-31T18:00:07.25, 2024-05-31T18:00:07.25",
			"2024-05-31T18:00Z, 2024-05-31T18:00", "2024-05-31T18:00:00+02:00, 2024-05-31T16:00",
			"2024-05-31 18:00-05, 2024-05-31T23:00", "2024-02-29, 2024-02-29T00:00", "-0044-03-15, -0044-03-15T00:00",
			"+12024-01, +12024-01-01T00:00", "1969-12-31T23:59:59, 1969-12-31T23:59:59" })
	void readsDates(String text, LocalDateTime time) {
		assertThat(Moment.parse(text(text))).isEqualTo(Moment.of(time));
	}

	@Test
	void readsNumbers() {
		assertThat(Moment.parse(JsonNodeFactory.instance.numberNode(7.5))).isEqualTo(new Moment(7.5, false));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "2024", "2024-13", "2024-5", "2024-02-30", "2023-02-29", "2024-05-31T",
			"2024-05-31T18", "2024-05-31T25:00", "2024-05-31T24:00", "2024-05-31Z", "2024-05Z", "2024-05-31T18:00 x",
			"31.05.2024", "2024-05-31T18:00Zx", "2024-05-31  18:00" })
	void refusesWhatIsNoTime(String text) {
		assertThatThrownBy(() -> Moment.parse(text(text))).isInstanceOf(InvalidRequestException.class);
	}

	private static JsonNode text(String text) {
		return JsonNodeFactory.instance.stringNode(text);
	}

}
