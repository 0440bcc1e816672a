package io.unfold.task;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SplitTest {

	@Test
	void everyExampleIsInOnePart() {
		for (Double test : new Double[] { null, 0.2 }) {
			Split.Parts parts = new Split(0.1, test, 3).drawn(101, (i) -> i % 4);
			assertThat(IntStream
				.concat(IntStream.concat(IntStream.of(parts.training()), IntStream.of(parts.validation())),
						IntStream.of(parts.test()))
				.sorted()
				.toArray()).isEqualTo(IntStream.range(0, 101).toArray());
			assertThat(parts.validation()).hasSizeBetween(9, 11);
			assertThat(parts.test()).hasSizeBetween((test != null) ? 19 : 0, (test != null) ? 21 : 0);
		}
	}

	@Test
	void groupsAreHeldOutInProportion() {
		Split.Parts parts = new Split(0.25, null, 7).drawn(400, (i) -> (i < 100) ? "rare" : "common");
		assertThat(IntStream.of(parts.validation()).filter((i) -> i < 100).count()).isBetween(24L, 26L);
	}

	@Test
	void everyGroupIsTrainedOn() {
		Split.Parts parts = new Split(0.5, 0.4, 7).drawn(40, (i) -> i / 2);
		assertThat(IntStream.of(parts.training()).map((i) -> i / 2).distinct().count()).isEqualTo(20);
	}

	@Test
	void somethingIsHeldOutWhereverThereAreTwoExamplesOfAGroup() {
		assertThat(new Split(0.1, null, 7).drawn(2, (i) -> "").validation()).hasSize(1);
	}

	@Test
	void theSeedDecides() {
		assertThat(new Split(0.1, null, 7).drawn(100, (i) -> "").validation())
			.isEqualTo(new Split(0.1, null, 7).drawn(100, (i) -> "").validation())
			.isNotEqualTo(new Split(0.1, null, 8).drawn(100, (i) -> "").validation());
	}

	@Test
	void aSeriesIsSplitInTime() {
		Split.Parts parts = new Split(0.2, 0.1, 7).inTime(10);
		assertThat(parts.training()).containsExactly(0, 1, 2, 3, 4, 5, 6);
		assertThat(parts.validation()).containsExactly(7, 8);
		assertThat(parts.test()).containsExactly(9);
		assertThat(parts.evaluationName()).isEqualTo("test");
	}

}
