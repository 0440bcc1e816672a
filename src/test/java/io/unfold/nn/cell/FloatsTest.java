package io.unfold.nn.cell;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FloatsTest {

	@Test
	void clearsTheElementsAskedForAndNoOthers() {
		Floats all = Floats.copyOf(1, 2, 3, 4, 5, 6, 7, 8);
		all.clear(3, 2);
		all.view(5, 3).clear(1, 1);
		float[] values = new float[8];
		all.get(0, values, 0, 8);
		assertThat(values).containsExactly(1, 2, 3, 0, 0, 6, 0, 8);
	}

}
