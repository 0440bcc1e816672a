package io.unfold.task.forecasting;

import java.util.stream.IntStream;

import io.unfold.data.NumberTable;
import io.unfold.nn.network.Batch;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.Targets;
import io.unfold.task.Spans;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WindowsTest {

	@Test
	void windowsAreThoseOfTheRowsThatAreLearned() {
		NumberTable table = NumberTable.inHeap(1);
		IntStream.range(0, 20).forEach((row) -> table.add(new double[] { row }));
		Windows windows = new Windows(2);
		windows.add(new Encoded(table, 0, 1, 0), new Spans.Span(2, 8), (row) -> row != 4);
		// a series of which none is learned
		windows.add(new Encoded(table, 8, 1, 0), new Spans.Span(0, 2), (row) -> false);
		windows.add(new Encoded(table, 10, 1, 0), new Spans.Span(3, 10), (row) -> row % 3 == 0);
		assertThat(windows.size()).isEqualTo(8);
		Batch batch = windows.batch(0, 1, 2, 3, 4, 5, 6, 7);
		assertThat(((Targets.Values) batch.targets()).data()).containsExactly(2, 3, 5, 6, 7, 13, 16, 19);
		assertThat(((Sequences.Values) batch.inputs()).data()).containsExactly(0, 1, 3, 4, 5, 11, 14, 17, 1, 2, 4, 5, 6,
				12, 15, 18);
		assertThat(((Targets.Values) windows.batch(6, 2).targets()).data()).containsExactly(16, 5);
	}

}
