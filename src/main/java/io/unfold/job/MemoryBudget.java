package io.unfold.job;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;
import io.unfold.problem.InvalidRequestException;
import io.unfold.training.Trainer.Estimate;
import org.springframework.stereotype.Component;

/** The memory that one job may take, outside the heap. */
@Component
class MemoryBudget {

	private static final long MIB = 1 << 20;

	/** For the JVM itself, the database's cache and the threads. */
	private static final long RESERVE = 512 * MIB;

	/** Parameters, their gradients and Adam's two moments, as floats. */
	private static final long BYTES_PER_PARAMETER = 16;

	private final long bytes;

	MemoryBudget(JobProperties properties) {
		this.bytes = (properties.memory() != null) ? properties.memory().toBytes() : share(properties.workers());
	}

	private static long share(int workers) {
		long machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
		long heap = Runtime.getRuntime().maxMemory();
		return Math.max(machine - heap - RESERVE, 64 * MIB) / workers;
	}

	/**
	 * Checks that a job fits.
	 * @throws InvalidRequestException at what would have to be smaller
	 */
	void check(Estimate estimate) {
		if (estimate.memoryBytes() > this.bytes) {
			boolean network = estimate.parameters() * BYTES_PER_PARAMETER > this.bytes / 2;
			throw new InvalidRequestException(network ? "/network" : "/training/batchSize",
					"training would take about %d MiB of memory, and a job may take %d MiB: use %s"
						.formatted(estimate.memoryBytes() / MIB, this.bytes / MIB, network ? "fewer units or layers"
								: "a smaller batchSize, shorter sequences (or truncatedBptt) or fewer units"));
		}
	}

}
