package io.unfold.nn.network;

import java.util.List;

import io.unfold.nn.network.ConditionedDecoderSpec.Conditioning;
import io.unfold.nn.network.FeatureLayer.Nonlinearity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which network a request's JSON is. */
class NetworkSpecTest {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{}                                                                   | StackSpec
			{"embedding": 8}                                                     | StackSpec
			{"layers": [{"cell": "gru", "units": 4}]}                            | StackSpec
			{"dropout": 0.1, "bidirectional": true}                              | StackSpec
			{"decoder": {}}                                                      | ConditionedDecoderSpec
			{"decoder": {"dropout": 0.1}, "embedding": 8}                        | ConditionedDecoderSpec
			{"conditioning": "par-inject"}                                       | ConditionedDecoderSpec
			{"featureLayers": [{"units": 4}], "embedding": 8}                    | ConditionedDecoderSpec
			{"encoder": {}}                                                      | EncoderDecoderSpec
			{"encoder": {}, "decoder": {}}                                       | EncoderDecoderSpec
			{"decoder": {}, "embedding": 8, "attention": "dot", "encoder": {}}   | EncoderDecoderSpec
			{"decoder": {}, "attention": "general"}                              | EncoderDecoderSpec
			""")
	void theFieldsTellTheKind(String json, String kind) {
		assertThat(JSON.readValue(json, NetworkSpec.class).getClass().getSimpleName()).isEqualTo(kind);
	}

	@Test
	void everyKindIsReadBackAsItWas() {
		for (NetworkSpec spec : List.of(StackSpec.standard(), StackSpec.standard().withEmbedding(7),
				EncoderDecoderSpec.standard(), EncoderDecoderSpec.standard().withCode(3),
				ConditionedDecoderSpec.standard(), new ConditionedDecoderSpec(StackSpec.standard(), 5,
						Conditioning.PAR_INJECT, List.of(new FeatureLayer(6, Nonlinearity.TANH, 0.5))))) {
			assertThat(JSON.readValue(JSON.writeValueAsString(spec), NetworkSpec.class)).isEqualTo(spec);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"decoder": {}, "conditionning": "init-inject"}     | conditionning
			{"decoder": {}, "encoder": {}, "featureLayers": []} | encoder
			{"bidirectional": true, "decoder": {}}              | decoder
			{"layer": []}                                       | layer
			""")
	void aFieldThatTheKindDoesNotHaveIsNamed(String json, String field) {
		assertThatThrownBy(() -> JSON.readValue(json, NetworkSpec.class)).isInstanceOfSatisfying(
				UnrecognizedPropertyException.class, (fault) -> assertThat(fault.getPropertyName()).isEqualTo(field));
	}

	@Test
	void whatIsNoObjectIsRefused() {
		assertThatThrownBy(() -> JSON.readValue("\"gru\"", NetworkSpec.class)).isInstanceOf(JacksonException.class);
		assertThatThrownBy(() -> JSON.readValue("[1]", NetworkSpec.class)).isInstanceOf(JacksonException.class);
	}

	@Test
	void aDecoderAloneIsAnEncoderDecoderWithTheStandardEncoder() {
		NetworkSpec alone = JSON.readValue("{\"decoder\": {\"dropout\": 0.1}, \"embedding\": 8}", NetworkSpec.class);
		EncoderDecoderSpec both = EncoderDecoderSpec.of(alone, "translation");
		assertThat(both.encoder()).isEqualTo(EncoderDecoderSpec.standard().encoder());
		assertThat(both.decoder().dropout()).isEqualTo(0.1);
		assertThat(both.embedding()).isEqualTo(8);
	}

}
