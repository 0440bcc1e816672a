package io.unfold.job;

import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DataFaultsTest {

	@Test
	void placesALineOfADatasetAtTheFieldThatNamesIt() {
		assertThat(ofDataset(Violation.at(7, 3, "is cut short")))
			.isEqualTo(new Violation("/dataset", 7L, 3, "is cut short"));
	}

	@Test
	void namesTheFieldOfTheLine() {
		assertThat(ofDataset(new Violation("/label", 7L, null, "is missing")))
			.isEqualTo(new Violation("/dataset", 7L, null, "'label' is missing"));
	}

	@Test
	void leavesPointersIntoTheRequestAlone() {
		Violation violation = Violation.of("/task/target", "names no column");
		assertThat(ofDataset(violation)).isEqualTo(violation);
		assertThat(ofExamples(violation)).isEqualTo(violation);
	}

	@Test
	void placesAnExampleByItsNumber() {
		assertThat(ofExamples(new Violation("/sequence/2", 5L, null, "is not a number")))
			.isEqualTo(Violation.of("/data/examples/4/sequence/2", "is not a number"));
		assertThat(ofExamples(Violation.at(1, null, "is empty")))
			.isEqualTo(Violation.of("/data/examples/0", "is empty"));
	}

	@Test
	void placesAnExampleByItsPointer() {
		assertThat(ofExamples(new Violation("/4/label", 5L, null, "is missing")))
			.isEqualTo(Violation.of("/data/examples/4/label", "is missing"));
	}

	@Test
	void placesWhatIsWrongWithAllExamplesAtAllOfThem() {
		assertThat(ofExamples(Violation.of("", "must hold an example")).pointer()).isEqualTo("/data/examples");
		assertThat(ofExamples(Violation.of("/dataset", "has 1 example")).pointer()).isEqualTo("/data/examples");
		assertThat(ofDataset(new Violation(null, null, null, "is empty")).pointer()).isEqualTo("/dataset");
	}

	private static Violation ofDataset(Violation violation) {
		return DataFaults.ofDataset(new InvalidRequestException(violation)).violations().get(0);
	}

	private static Violation ofExamples(Violation violation) {
		return DataFaults.ofExamples(new InvalidRequestException(violation)).violations().get(0);
	}

}
