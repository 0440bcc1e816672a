package io.unfold.data;

import java.util.List;
import java.util.stream.Stream;

import io.unfold.problem.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class SequenceTest {

	private static final JsonMapper JSON = new JsonMapper();

	@Test
	void readsStepsOfNumbers() {
		Sequence.Numbers numbers = (Sequence.Numbers) parse("[[0.5, 1], [-2e3, 3]]");
		assertThat(numbers.steps()).isDeepEqualTo(new float[][] { { 0.5f, 1 }, { -2000, 3 } });
		assertThat(numbers.features()).isEqualTo(2);
	}

	@Test
	void readsOneNumberAStep() {
		assertThat(((Sequence.Numbers) parse("[1, 2.5]")).steps()).isDeepEqualTo(new float[][] { { 1 }, { 2.5f } });
	}

	@Test
	void readsTokensAndText() {
		assertThat(parse("[\"the\", \"cat\"]")).isEqualTo(new Sequence.Tokens(List.of("the", "cat")));
		assertThat(parse("\"the  cat\"")).isEqualTo(new Sequence.Text("the  cat"));
		assertThat(new Sequence.Text("the  cat").split(Tokenizer.WORDS).tokens()).containsExactly("the", "cat");
	}

	@ParameterizedTest
	@MethodSource
	void refusesWhatIsNoSequence(String json, String pointer, String detail) {
		InvalidRequestException ex = catchThrowableOfType(InvalidRequestException.class, () -> parse(json));
		assertThat(ex.violations()).hasSize(1);
		assertThat(ex.violations().get(0).pointer()).isEqualTo(pointer);
		assertThat(ex.violations().get(0).detail()).contains(detail);
	}

	static Stream<Arguments> refusesWhatIsNoSequence() {
		return Stream.of(arguments("[]", "", "at least one step"), arguments("5", "", "but is a number"),
				arguments("{}", "", "but is an object"), arguments("null", "", "but is null"),
				arguments("\" \\n\"", "", "blank"), arguments("[[]]", "/0", "but holds 0"),
				arguments("[[1], []]", "/1", "but holds 0"), arguments("[[1, 2], [3]]", "/1", "must hold 2 numbers"),
				arguments("[[1, 2], 3]", "/1", "must be a list of numbers"),
				arguments("[[1, 2], [3, \"4\"]]", "/1/1", "but is the string '4'"),
				arguments("[[1, 2], [3, null]]", "/1/1", "but is null"), arguments("[1, [2]]", "/1", "but is a list"),
				arguments("[1, \"a\"]", "/1", "must be a number like the first"),
				arguments("[1, true]", "/1", "but is true"), arguments("[null, 1]", "/0", "but is null"),
				arguments("[\"a\", 1]", "/1", "must be a string like the first"),
				arguments("[\"a\", \"\"]", "/1", "empty string"), arguments("[1, 1e39]", "/1", "too large"),
				arguments("[[1e999]]", "/0/0", "too large"), arguments("[" + "9".repeat(400) + "]", "/0", "too large"),
				arguments("[" + "1,".repeat(Sequence.MAX_STEPS) + "1]", "", "at most 100000 steps"),
				arguments("\"" + "x".repeat(Sequence.MAX_STEPS + 1) + "\"", "", "at most 100000 characters"));
	}

	private static Sequence parse(String json) {
		return Sequence.parse(JSON.readTree(json));
	}

}
