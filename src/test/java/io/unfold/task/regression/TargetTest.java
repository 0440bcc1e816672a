package io.unfold.task.regression;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class TargetTest {

	@ParameterizedTest
	@ValueSource(strings = { "0.1", "[-0.0]", "[1e-300, 3.4e38, 2]" })
	void readsAgainWhatItWroteForAWholeSequence(String target) throws IOException {
		requireTheSame(Target.once(JsonMapper.shared().readTree(target), "/target"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[0.1]", "[1, 2, 3]", "[[1], [2]]", "[[0.1, -5e-324], [3, 4], [5, 6]]" })
	void readsAgainWhatItWroteForEachStep(String target) throws IOException {
		JsonNode steps = JsonMapper.shared().readTree(target);
		requireTheSame(Target.everyStep(steps, steps.size(), "/target"));
	}

	private static void requireTheSame(Target target) throws IOException {
		ByteArrayOutputStream written = new ByteArrayOutputStream();
		Target.CODEC.write(target, new DataOutputStream(written));
		Target read = Target.CODEC.read(new DataInputStream(new ByteArrayInputStream(written.toByteArray())));
		assertThat(read.values()).isDeepEqualTo(target.values());
		assertThat(read.list()).isEqualTo(target.list());
	}

}
