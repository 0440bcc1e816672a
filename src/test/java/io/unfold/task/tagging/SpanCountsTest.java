package io.unfold.task.tagging;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class SpanCountsTest {

	private final SpanCounts counts = new SpanCounts();

	@Test
	void aSpanIsRightWhenTypeAndBothEndsAre() {
		add("B-city I-city O B-date", "B-city I-city O B-date");
		assertThat(this.counts.metrics()).containsEntry("f1", 1.0);
		add("B-city I-city O B-date", "B-city O O B-city");
		// true 4, answered 4, right 2
		assertThat(this.counts.metrics()).contains(entry("precision", 0.5), entry("recall", 0.5), entry("f1", 0.5));
		add("O B-city I-city", "B-city I-city I-city");
		// true 5, answered 5, right 2
		assertThat(this.counts.metrics()).containsEntry("f1", 0.4);
	}

	@Test
	void adjacentSpansAreNotOne() {
		add("B-city B-city", "B-city I-city");
		assertThat(this.counts.metrics()).contains(entry("precision", 0.0), entry("recall", 0.0), entry("f1", 0.0));
		add("B-city B-city", "B-city B-city");
		// true 4, answered 3, right 2
		assertThat(this.counts.metrics()).contains(entry("precision", 2.0 / 3), entry("recall", 0.5),
				entry("f1", 4.0 / 7));
	}

	@Test
	void aSpanThatBeginsWithInsideIsASpan() {
		add("B-city I-city O", "I-city I-city O");
		assertThat(this.counts.f1()).isEqualTo(1);
		add("O B-city", "O I-city");
		assertThat(this.counts.f1()).isEqualTo(1);
	}

	@Test
	void aChangeOfTypeEndsASpan() {
		add("B-city I-city", "B-city I-date");
		// city 0-2 against city 0-1 and date 1-2
		assertThat(this.counts.metrics()).contains(entry("precision", 0.0), entry("recall", 0.0),
				entry("precision.date", 0.0), entry("recall.date", 0.0));
		add("B-city I-date", "B-city I-date");
		assertThat(this.counts.metrics()).contains(entry("precision", 0.5), entry("recall", 2.0 / 3),
				entry("f1", 4.0 / 7));
	}

	@Test
	void aSpanAtTheEndCounts() {
		add("O O B-date I-date", "O O B-date I-date");
		assertThat(this.counts.metrics()).isEqualTo(Map.of("precision", 1.0, "recall", 1.0, "f1", 1.0, "precision.date",
				1.0, "recall.date", 1.0, "f1.date", 1.0));
		add("O B-date", "O O");
		assertThat(this.counts.metrics()).contains(entry("precision", 1.0), entry("recall", 0.5));
	}

	@Test
	void aSpanDoesNotGoOnInTheNextSequence() {
		add("O B-city", "O B-city");
		add("I-city O", "O O");
		assertThat(this.counts.metrics()).contains(entry("precision", 1.0), entry("recall", 0.5));
	}

	@Test
	void whereNothingIsThereAllIsZero() {
		add("O O O", "O O O");
		assertThat(this.counts.any()).isFalse();
		assertThat(this.counts.metrics()).isEqualTo(Map.of("precision", 0.0, "recall", 0.0, "f1", 0.0));
		add("O O", "B-city O");
		assertThat(this.counts.any()).isFalse();
		assertThat(this.counts.metrics()).containsEntry("precision.city", 0.0);
	}

	@Test
	void overallFiguresAreOverSpansAndNotOverTypes() {
		for (int i = 0; i < 9; i++) {
			add("B-city", "B-city");
		}
		add("B-date", "O");
		assertThat(this.counts.metrics()).contains(entry("recall", 0.9), entry("recall.city", 1.0),
				entry("recall.date", 0.0));
	}

	@Test
	void manyTypesAreNotListed() {
		for (int i = 0; i < 21; i++) {
			add("B-" + i, "B-" + i);
		}
		assertThat(this.counts.metrics()).containsOnlyKeys("precision", "recall", "f1");
	}

	private void add(String truth, String answer) {
		this.counts.add(List.of(truth.split(" ")), List.of(answer.split(" ")));
	}

}
