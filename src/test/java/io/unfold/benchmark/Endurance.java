package io.unfold.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import io.unfold.nn.NativeRuntime;
import io.unfold.nn.cell.Lstm;
import io.unfold.nn.network.Batch;
import io.unfold.nn.network.GradientClipping;
import io.unfold.nn.network.OptimizerSpec;
import io.unfold.nn.network.TrainableNetwork;

/**
 * Trains for many steps, and prints after each thousand how much memory the process has
 * resident and what share of the time went into collecting garbage. Linux only. Argument:
 * steps, by default 10,000.
 */
public final class Endurance {

	private static final int THOUSAND = 1000;

	private Endurance() {
	}

	public static void main(String[] args) throws IOException {
		NativeRuntime.prepareNd4j();
		int steps = (args.length > 0) ? Integer.parseInt(args[0]) : 10 * THOUSAND;
		Batch batch = Benchmark.data(32, 64, 100);
		try (TrainableNetwork<?> network = Benchmark.architecture(new Lstm(64), 64)
			.trainable(OptimizerSpec.standard(), GradientClipping.none(), 1)) {
			long collecting = Benchmark.collectionMillis();
			long start = System.nanoTime();
			for (int step = 1; step <= steps; step++) {
				network.fit(batch);
				if (step % THOUSAND == 0) {
					double collected = (Benchmark.collectionMillis() - collecting) * 1e8 / (System.nanoTime() - start);
					System.out
						.println(String.format(Locale.ROOT, "{\"steps\": %d, \"residentMb\": %d, \"gcPercent\": %.2f}",
								step, residentMegabytes(), collected));
				}
			}
		}
	}

	private static long residentMegabytes() throws IOException {
		for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
			if (line.startsWith("VmRSS:")) {
				return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
			}
		}
		throw new IOException("/proc/self/status does not say how much memory is resident");
	}

}
