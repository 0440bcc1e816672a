package io.unfold.nn.network;

import java.util.List;

import io.unfold.nn.cell.Reservoir;
import io.unfold.problem.InvalidFieldException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a network spec says about reservoirs. */
class ReservoirSpecTest {

	private static NetworkSpec read(String json) {
		return JsonMapper.shared().readValue(json, NetworkSpec.class);
	}

	@Test
	void readoutHasADefaultWhereLayersAreReservoirs() {
		StackSpec stack = (StackSpec) read("{\"layers\": [{\"cell\": \"reservoir\", \"units\": 9}]}");
		assertThat(stack.readout()).isEqualTo(new Readout(1e-6));
		assertThat(stack).isEqualTo(
				new StackSpec(List.of(new Reservoir(9, 0.9, 0.9, 1, 0.5, 1)), false, 0.0, null, new Readout(1e-6)));
		assertThat(read("{\"layers\": [{\"cell\": \"reservoir\", \"units\": 9}], \"readout\": {}}")).isEqualTo(stack);
		assertThat(StackSpec.standard().readout()).isNull();
	}

	@Test
	void readoutIsStoredAndReadBack() {
		StackSpec stack = (StackSpec) read(
				"{\"layers\": [{\"cell\": \"reservoir\", \"units\": 9}], \"readout\": {\"ridge\": 0.5}}");
		assertThat(stack.withEmbedding(3).readout()).isEqualTo(new Readout(0.5));
		assertThat(read(JsonMapper.shared().writeValueAsString(stack))).isEqualTo(stack);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			layers  | {"layers": [{"cell": "reservoir", "units": 9}, {"cell": "gru", "units": 9}]}
			layers  | {"layers": [{"cell": "simple", "units": 9}, {"cell": "reservoir", "units": 9}]}
			dropout | {"layers": [{"cell": "reservoir", "units": 9}], "dropout": 0.1}
			readout | {"layers": [{"cell": "gru", "units": 9}], "readout": {"ridge": 1}}
			readout | {"readout": {"ridge": 1}}
			ridge   | {"layers": [{"cell": "reservoir", "units": 9}], "readout": {"ridge": -1}}
			encoder | {"encoder": {"layers": [{"cell": "reservoir", "units": 9}]}}
			decoder | {"decoder": {"layers": [{"cell": "reservoir", "units": 9}]}}
			""")
	void refusesWithTheFieldWhatCannotBe(String field, String json) {
		assertThatThrownBy(() -> read(json)).rootCause()
			.isInstanceOfSatisfying(InvalidFieldException.class,
					(refusal) -> assertThat(refusal.field()).isEqualTo(field));
	}

}
