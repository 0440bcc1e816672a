package io.unfold.learning;

import io.unfold.task.Evaluation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Eight symbols, of which one in eight is guessed rightly. */
@Tag("learning")
class SymbolsTest {

	private static final int ALPHABET = 8;

	@Test
	void gatedCellCopiesEightSymbolsOverThirtySteps() {
		Evaluation evaluation = Request.named("copy-gru").run(Symbols.copy(1, 5000, ALPHABET, 8, 30));
		assertThat(recall(evaluation)).isGreaterThanOrEqualTo(0.99);
	}

	@ParameterizedTest
	@ValueSource(strings = { "echo-delay", "echo-skip" })
	void simpleCellThatSeesTwentyFiveStepsBackEchoesThem(String request) {
		assertThat(echo(request)).isGreaterThanOrEqualTo(0.99);
	}

	@Test
	void simpleCellEchoesNothingAfterTwentyFiveSteps() {
		assertThat(echo("echo-simple")).isLessThan(0.2);
	}

	private static double echo(String request) {
		return recall(Request.named(request).run(Symbols.echo(1, 1500, ALPHABET, 25, 75)));
	}

	private static double recall(Evaluation evaluation) {
		return evaluation.metrics().get("recall");
	}

}
