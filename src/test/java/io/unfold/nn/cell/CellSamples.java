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

	/** Every cell with every way in which its state can come back. */
	public static List<CellSpec> withRecurrences(int units) {
		List<CellSpec> samples = new ArrayList<>();
		for (Recurrence recurrence : List.of(new Recurrence(0.4, 1, null, 0), new Recurrence(1, 3, null, 0),
				new Recurrence(1, 1, 3, 0), new Recurrence(0.7, 2, 4, 0.3))) {
			samples.add(new SimpleRnn(units, recurrence));
			samples.add(new Lstm(units, recurrence));
			samples.add(new Gru(units, true, recurrence));
			samples.add(new Gru(units, false, recurrence));
		}
		return samples;
	}

	/** Each way in which a state can come back, once, without chance. */
	public static List<CellSpec> ofEachRecurrence(int units) {
		return List.of(new Lstm(units, new Recurrence(0.4, 1, null, 0)),
				new Gru(units, true, new Recurrence(1, 2, null, 0)), new SimpleRnn(units, new Recurrence(1, 1, 2, 0)),
				new Gru(units, false, new Recurrence(0.7, 2, 3, 0)));
	}

	/** Those of them that are trained by gradient descent. */
	public static List<CellSpec> trained(int units) {
		return of(units).stream().filter((sample) -> !(sample instanceof Reservoir)).toList();
	}

}
