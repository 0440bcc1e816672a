package io.unfold.job;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.unfold.training.Checkpoints;
import io.unfold.training.EpochMetrics;
import io.unfold.training.TrainingListener.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RunTest {

	@TempDir
	Path folder;

	private JobFixture fixture;

	private TrainingJob job;

	private Run run;

	private long nanos;

	@BeforeEach
	void setUp() {
		this.fixture = new JobFixture(this.folder);
		this.job = this.fixture.submit(9);
		this.job = this.fixture.jobs.change(this.job.id(), (j) -> j.start(JobFixture.NOW));
		this.run = new Run(this.job, this.fixture.reports, Checkpoints.none(), () -> this.nanos);
	}

	@Test
	void doesNotWaitForTheDatabaseInEveryShortEpoch() {
		for (int epoch = 1; epoch <= 100; epoch++) {
			this.nanos += Duration.ofMillis(10).toNanos();
			this.run.progress(new Progress(epoch / 100.0, epoch, 100, "epoch " + epoch));
			this.run.epoch(metrics(epoch));
		}
		long reports = this.fixture.changes.stream().filter((c) -> c.state() == JobState.RUNNING).count() - 1;
		assertThat(reports).isBetween(3L, 6L);
		this.run.report();
		assertThat(this.fixture.jobs.metrics(this.job.id())).hasSize(100);
	}

	@Test
	void tellsOfALongEpochSoon() {
		this.run.epoch(metrics(1));
		this.run.epoch(metrics(2));
		this.nanos += Duration.ofMillis(251).toNanos();
		this.run.cancelled();
		assertThat(this.fixture.jobs.metrics(this.job.id())).hasSize(2);
	}

	@Test
	void notesEpochsBeforeTheCheckpointThatSkipsThem() {
		this.run.epoch(metrics(1));
		this.run.epoch(metrics(2));
		this.run.save(FileCheckpointsTest.checkpoint(List.of()));
		assertThat(this.fixture.jobs.metrics(this.job.id())).hasSize(2);
	}

	@Test
	void isToldOnceOfAnEpochThatACheckpointTellsAgain() {
		this.run.epoch(metrics(1));
		this.run.report();
		this.run.epoch(metrics(1));
		this.run.report();
		assertThat(this.fixture.events(this.job.id())).filteredOn((e) -> e.type().equals(JobEvent.METRIC)).hasSize(1);
	}

	@Test
	void keepsOnlyTheNewestProgress() {
		for (int i = 1; i <= 3; i++) {
			this.run.progress(new Progress(i / 10.0, 1, 9, "batch " + i));
			this.run.report();
		}
		assertThat(this.fixture.events(this.job.id())).filteredOn((e) -> e.type().equals(JobEvent.PROGRESS))
			.singleElement()
			.satisfies((event) -> assertThat(event.data()).contains("batch 3"));
		assertThat(this.fixture.get(this.job.id()).progress().message()).isEqualTo("batch 3");
	}

	@Test
	void asksTheDatabaseNowAndThenWhetherItIsCancelled() {
		assertThat(this.run.cancelled()).isFalse();
		this.fixture.queue.cancel(this.job.id());
		assertThat(this.run.cancelled()).isFalse();
		this.nanos += Duration.ofSeconds(2).toNanos();
		assertThat(this.run.cancelled()).isTrue();
		assertThat(this.run.isCancelled()).isTrue();
	}

	@Test
	void stopsAtOnceWhenTheServiceStops() {
		this.run.stop();
		assertThat(this.run.cancelled()).isTrue();
		assertThat(this.run.isCancelled()).as("what is trained may still be published").isFalse();
	}

	@Test
	void losesAJobThatHasEnded() {
		this.fixture.jobs.change(this.job.id(), (j) -> j.fail(JobFailure.internal(), JobFixture.NOW));
		this.run.epoch(metrics(1));
		this.run.report();
		assertThat(this.run.isLost()).isTrue();
		assertThat(this.fixture.jobs.metrics(this.job.id())).isEmpty();
	}

	private static EpochMetrics metrics(int epoch) {
		return new EpochMetrics(epoch, 1.0 / epoch, null, null, 10, 0.1, null, null);
	}

}
