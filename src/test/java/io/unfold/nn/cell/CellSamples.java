package io.unfold.nn.cell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A few of every cell there is, for tests that hold for all of them. */
public final class CellSamples {

	private CellSamples() {
	}

	/** Samples of the given size; fails where a permitted cell has none. */
	public static List<CellSpec> of(int units) {
		List<CellSpec> samples = List.of(new SimpleRnn(units), new Lstm(units), new Gru(units, true),
				new Gru(units, false), new Reservoir(units, 0.9, 0.5, 1, 0.5, 0.7));
		List<Class<?>> missing = new ArrayList<>(Arrays.asList(CellSpec.class.getPermittedSubclasses()));
		samples.forEach((sample) -> missing.remove(sample.getClass()));
		if (!missing.isEmpty()) {
			throw new AssertionError("no sample of " + missing);
		}
		return samples;
	}

	/** Those of them that are trained by gradient descent. */
	public static List<CellSpec> trained(int units) {
		return of(units).stream().filter((sample) -> !(sample instanceof Reservoir)).toList();
	}

}
