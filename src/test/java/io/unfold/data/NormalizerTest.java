package io.unfold.data;

import java.util.SplittableRandom;

import io.unfold.problem.InvalidFieldException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class NormalizerTest {

	@Test
	void standardScalingGivesMeanZeroAndDeviationOne() {
		Normalizer normalizer = Scaling.STANDARD.fit(new double[][] { { 1, 5 }, { 3, 5 }, { 5, 5 } });
		assertThat(normalizer.offset()).containsExactly(3, 5);
		assertThat(normalizer.scale()[0]).isEqualTo(Math.sqrt(8.0 / 3));
		assertThat(normalizer.apply(0, 5)).isCloseTo(1.2247, within(1e-4));
	}

	@Test
	void minMaxScalingGivesRangeFromZeroToOne() {
		Normalizer normalizer = Scaling.MINMAX.fit(new double[][] { { -1 }, { 3 }, { 0 } });
		assertThat(normalizer.apply(new double[] { -1 })).containsExactly(0);
		assertThat(normalizer.apply(new double[] { 3 })).containsExactly(1);
	}

	@Test
	void noScalingLeavesNumbersAlone() {
		assertThat(Scaling.NONE.fit(new double[][] { { -1, 7 } }).apply(new double[] { 2, 3 })).containsExactly(2, 3);
	}

	@ParameterizedTest
	@EnumSource(Scaling.class)
	void constantFeatureKeepsItsScale(Scaling scaling) {
		// the mean of thirds is not exactly a third
		double third = 1.0 / 3;
		Normalizer normalizer = scaling.fit(new double[][] { { third, 1e9 }, { third, 1e9 }, { third, 1e9 } });
		assertThat(normalizer.scale()).containsExactly(1, 1);
	}

	@Test
	void smallSpreadAroundLargeMeanIsNoConstant() {
		Normalizer normalizer = Scaling.STANDARD.fit(new double[][] { { 1.7e9 }, { 1.7e9 + 2 } });
		assertThat(normalizer.scale()[0]).isCloseTo(1, within(1e-6));
	}

	@ParameterizedTest
	@EnumSource(Scaling.class)
	void undoesWhatItDid(Scaling scaling) {
		SplittableRandom random = new SplittableRandom(5);
		double[][] steps = new double[50][3];
		for (double[] step : steps) {
			for (int i = 0; i < step.length; i++) {
				step[i] = random.nextDouble(-1000, 5000);
			}
		}
		Normalizer normalizer = scaling.fit(steps);
		for (double[] step : steps) {
			assertThat(normalizer.undo(normalizer.apply(step))).containsExactly(step, within(1e-9));
		}
	}

	@Test
	void fitsFloatsAsItFitsDoubles() {
		Normalizer floats = Scaling.STANDARD.fitter(1).add(new float[] { 1 }).add(new float[] { 4 }).fit();
		Normalizer doubles = Scaling.STANDARD.fit(new double[][] { { 1 }, { 4 } });
		assertThat(floats.scale()).isEqualTo(doubles.scale());
		assertThat(floats.apply(new float[][] { { 1 }, { 4 } })).isDeepEqualTo(new float[][] { { -1 }, { 1 } });
	}

	@Test
	void isReadFromItsJson() {
		JsonMapper json = new JsonMapper();
		Normalizer normalizer = new Normalizer(new double[] { 0.1, 2 }, new double[] { 3, 1e-7 });
		Normalizer read = json.readValue(json.writeValueAsString(normalizer), Normalizer.class);
		assertThat(read.offset()).isEqualTo(normalizer.offset());
		assertThat(read.scale()).isEqualTo(normalizer.scale());
		assertThat(json.readValue("\"minmax\"", Scaling.class)).isEqualTo(Scaling.MINMAX);
	}

	@Test
	void refusesWhatCannotBe() {
		assertThatIllegalStateException().isThrownBy(() -> Scaling.STANDARD.fitter(1).fit());
		assertThatThrownBy(() -> Scaling.of("max")).isInstanceOf(InvalidFieldException.class)
			.hasMessageContaining("standard, minmax, none");
		assertThatThrownBy(() -> new Normalizer(new double[1], new double[] { 0 }))
			.isInstanceOf(InvalidFieldException.class);
		assertThatThrownBy(() -> new Normalizer(new double[1], new double[] { 1, 1 }))
			.isInstanceOf(InvalidFieldException.class);
	}

}
