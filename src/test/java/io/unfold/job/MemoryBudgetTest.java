package io.unfold.job;

import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
import io.unfold.training.Trainer.Estimate;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class MemoryBudgetTest {

	private static final long MIB = 1 << 20;

	private final MemoryBudget budget = new MemoryBudget(properties(DataSize.ofMegabytes(100), 1));

	@Test
	void takesWhatFits() {
		assertThatCode(() -> this.budget.check(new Estimate(1000, 10, 100 * MIB, 1))).doesNotThrowAnyException();
	}

	@Test
	void refusesALargeBatchWithBothFigures() {
		Violation violation = refusal(new Estimate(1000, 10, 300 * MIB, 1));
		assertThat(violation.pointer()).isEqualTo("/training/batchSize");
		assertThat(violation.detail()).contains("300 MiB").contains("100 MiB");
	}

	@Test
	void refusesANetworkWhoseParametersAloneAreTooMany() {
		assertThat(refusal(new Estimate(50 * MIB, 10, 900 * MIB, 1)).pointer()).isEqualTo("/network");
	}

	@Test
	void sharesTheMachineAmongItsWorkers() {
		long one = largest(new MemoryBudget(properties(null, 1)));
		long four = largest(new MemoryBudget(properties(null, 4)));
		assertThat(four).isBetween(one / 4 - 1, one / 4 + 1);
	}

	private Violation refusal(Estimate estimate) {
		return catchThrowableOfType(InvalidRequestException.class, () -> this.budget.check(estimate)).violations()
			.get(0);
	}

	/** In MiB, found by asking. */
	private static long largest(MemoryBudget budget) {
		long fits = 0;
		for (long step = 1L << 40; step > 0; step /= 2) {
			Estimate estimate = new Estimate(1, 1, (fits + step), 1);
			try {
				budget.check(estimate);
				fits += step;
			}
			catch (InvalidRequestException ex) {
				// too large
			}
		}
		return fits;
	}

	static JobProperties properties(DataSize memory, int workers) {
		return new JobProperties(workers, 100, memory, 3, 200, "test");
	}

}
