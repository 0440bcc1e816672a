package io.unfold.data;

import java.nio.file.Path;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class NumberTableTest {

	@TempDir
	Path folder;

	@Test
	void readsWhatWasAddedInAnyOrder() {
		for (int columns : new int[] { 1, 3, 512, 1000 }) {
			SpillingList<double[]> blocks = new SpillingList<>(this.folder, Codecs.DOUBLES, 1 << 13);
			NumberTable table = NumberTable.on(columns, blocks);
			double[] row = new double[columns];
			for (int i = 0; i < 1500; i++) {
				row[0] = i;
				row[columns - 1] = -i;
				table.add(row);
			}
			assertThat(table.size()).isEqualTo(1500);
			assertThat(blocks.isInFile()).isTrue();
			NumberTable.Reader reader = table.reader();
			SplittableRandom random = new SplittableRandom(1);
			for (int i = 0; i < 1500; i++) {
				int asked = random.nextInt(1500);
				assertThat(reader.get(asked, columns - 1)).isEqualTo(-asked);
				assertThat(reader.row(asked, columns)).hasSize(columns).endsWith(-asked);
			}
		}
	}

	@Test
	void rowsMayBeAddedWhileOthersAreRead() {
		NumberTable table = NumberTable.inHeap(2);
		NumberTable.Reader reader = table.reader();
		for (int i = 0; i < 1000; i++) {
			table.add(new double[] { i, i });
			assertThat(reader.get(i, 1)).isEqualTo(i);
			assertThat(reader.get(i / 2, 0)).isEqualTo(i / 2);
		}
	}

	@Test
	void numbersComeBackFromAFileAsTheyWere() {
		SpillingList<double[]> blocks = new SpillingList<>(this.folder, Codecs.DOUBLES, 0);
		double[] numbers = { 0.1, -0.0, Double.NaN, Double.MIN_VALUE, Double.NEGATIVE_INFINITY };
		blocks.add(numbers);
		assertThat(blocks.isInFile()).isTrue();
		assertThat(blocks.get(0)).isEqualTo(numbers);
	}

}
