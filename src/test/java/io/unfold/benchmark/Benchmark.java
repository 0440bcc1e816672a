package io.unfold.benchmark;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import io.unfold.nn.NativeRuntime;
import io.unfold.nn.cell.CellSpec;
import io.unfold.nn.cell.Gru;
import io.unfold.nn.cell.Lstm;
import io.unfold.nn.network.Batch;
import io.unfold.nn.network.GradientClipping;
import io.unfold.nn.network.LearningSpec;
import io.unfold.nn.network.OptimizerSpec;
import io.unfold.nn.network.Output;
import io.unfold.nn.network.SequenceArchitecture;
import io.unfold.nn.network.SequenceNetwork;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.StackSpec;
import io.unfold.nn.network.State;
import io.unfold.nn.network.StepInput;
import io.unfold.nn.network.Targets;
import io.unfold.nn.network.TrainableNetwork;

/**
 * Times whole training steps, inference and single steps of a recurrent layer with a
 * softmax at every step, and prints a JSON line for each case. The work is what one does
 * with other engines: [batch, steps, inputs] floats, one layer, a dense softmax of size
 * {@code inputs} at every step, mean cross-entropy, Adam. Times are medians after
 * warm-up: {@code trainMs} and {@code inferMs} of a batch, {@code stepMicros} of one step
 * of one row, from a state to the next. Beside them stand operations per nanosecond, and
 * those of a large product of matrices, which bound all else; and the share of the time
 * of training that went into collecting garbage. Argument: cells, by default LSTM,GRU.
 */
public final class Benchmark {

	/** Batch, units, inputs, steps. */
	private static final int[][] SHAPES = { { 32, 64, 64, 100 }, { 32, 256, 64, 100 }, { 1, 64, 16, 50 },
			{ 1, 256, 64, 100 }, { 32, 128, 8, 50 } };

	/** What is trained on one thread and on two. */
	private static final int[] DIVIDED = { 64, 256, 64, 100 };

	private static final long WARM_UP_NANOS = 3_000_000_000L;

	private static final long MEASURE_NANOS = 2_000_000_000L;

	private Benchmark() {
	}

	public static void main(String[] args) {
		NativeRuntime.prepareNd4j();
		double peak = SgemmPeak.gigaflops();
		List<String> cells = (args.length > 0) ? List.of(args[0].split(",")) : List.of("LSTM", "GRU");
		for (String name : cells) {
			for (int[] shape : SHAPES) {
				System.out.println(line(name, shape, 1, peak));
			}
			System.out.println(line(name, DIVIDED, 1, peak));
			System.out.println(line(name, DIVIDED, 2, peak));
		}
	}

	private static String line(String name, int[] shape, int threads, double peak) {
		CellSpec cell = name.equals("LSTM") ? new Lstm(shape[1]) : new Gru(shape[1], true);
		int batch = shape[0];
		int inputs = shape[2];
		int steps = shape[3];
		SequenceArchitecture architecture = architecture(cell, inputs);
		Batch data = data(batch, inputs, steps);
		double forward = 2.0 * batch * steps * cell.units()
				* ((double) (inputs + cell.units()) * cell.shape().gates() + inputs);
		try (TrainableNetwork<SequenceNetwork> network = architecture
			.trainable(new LearningSpec(OptimizerSpec.standard(), GradientClipping.none(), threads, 1))) {
			long collecting = collectionMillis();
			long start = System.nanoTime();
			double train = median(() -> network.fit(data));
			double collected = (collectionMillis() - collecting) * 1e8 / (System.nanoTime() - start);
			SequenceNetwork serving = network.serving();
			double infer = median(() -> serving.run(data.inputs(), serving.initialState(batch)));
			Sequences first = data(1, inputs, 1).inputs();
			State state = serving.initialState(1);
			double step = median(() -> serving.run(first, state));
			return String.format(Locale.ROOT,
					"{\"engine\": \"unfold\", \"cell\": \"%s\", \"batch\": %d, \"units\": %d, \"inputs\": %d,"
							+ " \"steps\": %d, \"threads\": %d, \"trainMs\": %.3f, \"inferMs\": %.3f, \"stepMicros\": %.1f,"
							+ " \"trainGflops\": %.1f, \"inferGflops\": %.1f, \"sgemmGflops\": %.1f, \"gcPercent\": %.2f}",
					name, batch, cell.units(), inputs, steps, threads, train * 1e3, infer * 1e3, step * 1e6,
					3 * forward / train / 1e9, forward / infer / 1e9, peak, collected);
		}
	}

	static SequenceArchitecture architecture(CellSpec cell, int inputs) {
		return new SequenceArchitecture(new StepInput.Values(inputs), new StackSpec(List.of(cell), false, 0, null),
				new Output(Output.Kind.CLASSES, inputs, true));
	}

	static long collectionMillis() {
		return ManagementFactory.getGarbageCollectorMXBeans()
			.stream()
			.mapToLong((collector) -> Math.max(0, collector.getCollectionTime()))
			.sum();
	}

	static Batch data(int batch, int inputs, int steps) {
		Random random = new Random(1);
		float[] x = new float[steps * inputs * batch];
		for (int i = 0; i < x.length; i++) {
			x[i] = random.nextFloat();
		}
		int[] y = new int[steps * batch];
		for (int t = 0; t < steps; t++) {
			for (int row = 0; row < batch; row++) {
				y[t * batch + row] = (row + t) % inputs;
			}
		}
		int[] lengths = new int[batch];
		Arrays.fill(lengths, steps);
		return new Batch(new Sequences.Values(inputs, x, lengths), null, new Targets.Classes(y));
	}

	/** Median time in seconds. */
	static double median(Runnable work) {
		repeat(work, WARM_UP_NANOS);
		double[] times = repeat(work, MEASURE_NANOS);
		Arrays.sort(times);
		return times[times.length / 2];
	}

	private static double[] repeat(Runnable work, long nanos) {
		double[] times = new double[16];
		int count = 0;
		long start = System.nanoTime();
		long before = start;
		while (before - start < nanos || count < 15) {
			work.run();
			long after = System.nanoTime();
			if (count == times.length) {
				times = Arrays.copyOf(times, 2 * count);
			}
			times[count++] = (after - before) / 1e9;
			before = after;
		}
		return Arrays.copyOf(times, count);
	}

}
