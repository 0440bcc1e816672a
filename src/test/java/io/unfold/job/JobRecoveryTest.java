package io.unfold.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.unfold.model.ModelDraft;
import io.unfold.nn.network.Tensors;
import io.unfold.training.EpochMetrics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class JobRecoveryTest {

	@TempDir
	Path folder;

	private JobFixture fixture;

	@BeforeEach
	void setUp() {
		this.fixture = new JobFixture(this.folder);
	}

	@Test
	void queuesAgainWhatWasRunningAndGoesOnFromItsCheckpoint() {
		TrainingJob job = this.fixture.submit(4);
		this.fixture.diesWhileRunning(job.id());
		this.fixture.runner.checkpoints(job.id())
			.save(FileCheckpointsTest.checkpoint(List.of(new EpochMetrics(1, 1, null, null, 100, 0.01, null, null),
					new EpochMetrics(2, 0.5, 1.0, null, 100, 0.01, null, null))));
		this.fixture.runDue();
		assertThat(this.fixture.get(job.id()).state()).as("a dead worker's job is nobody's")
			.isEqualTo(JobState.RUNNING);

		this.fixture.recovery.recover();

		assertThat(this.fixture.get(job.id()).state()).isEqualTo(JobState.QUEUED);
		this.fixture.runDue();
		TrainingJob done = this.fixture.get(job.id());
		assertThat(done.state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(done.attempts()).isEqualTo(2);
		assertThat(this.fixture.trainer.trained).containsExactly(3, 4);
		assertThat(this.fixture.states(job.id())).containsExactly("QUEUED", "RUNNING", "QUEUED", "RUNNING",
				"SUCCEEDED");
	}

	@Test
	void keepsTheOrderOfTheQueue() {
		TrainingJob first = this.fixture.submit(1);
		TrainingJob second = this.fixture.submit(1);
		this.fixture.diesWhileRunning(first.id());
		this.fixture.recovery.recover();
		assertThat(this.fixture.jobs.queuePosition(first)).isZero();
		assertThat(this.fixture.jobs.queuePosition(second)).isEqualTo(1);
		this.fixture.runDue();
		assertThat(this.fixture.get(first.id()).modelVersion()).isEqualTo(1);
		assertThat(this.fixture.get(second.id()).modelVersion()).isEqualTo(2);
	}

	@Test
	void endsWhatWasBeingCancelled() {
		TrainingJob job = this.fixture.submit(4);
		this.fixture.diesWhileRunning(job.id());
		this.fixture.queue.cancel(job.id());
		this.fixture.recovery.recover();
		assertThat(this.fixture.get(job.id()).state()).isEqualTo(JobState.CANCELLED);
		this.fixture.runDue();
		assertThat(this.fixture.trainer.trained).isEmpty();
		assertThat(this.fixture.scheduled(job.id())).isZero();
	}

	@Test
	void knowsTheModelOfAJobThatWasCancelledTooLate() {
		TrainingJob job = this.fixture.submit(4);
		this.fixture.diesWhileRunning(job.id());
		this.fixture.queue.cancel(job.id());
		this.fixture.published.put(job.id(),
				new ModelDraft(null, null, null, StoredJson.MAPPER.readTree("{}"), null, null, new Tensors(Map.of())));
		this.fixture.recovery.recover();
		assertThat(this.fixture.get(job.id()).state()).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void knowsThatTheModelIsButTheBestSoFarOfAJobThatWasCancelledTooLate() {
		TrainingJob job = this.fixture.submit(4);
		this.fixture.diesWhileRunning(job.id());
		this.fixture.queue.cancel(job.id());
		this.fixture.published.put(job.id(), new ModelDraft(null, null, null, null,
				StoredJson.MAPPER.readTree("{\"failure\": \"the loss became NaN\"}"), null, new Tensors(Map.of())));
		this.fixture.recovery.recover();
		assertThat(this.fixture.get(job.id()).state()).isEqualTo(JobState.FAILED);
		assertThat(this.fixture.get(job.id()).modelVersion()).isEqualTo(1);
		assertThat(this.fixture.get(job.id()).error().detail()).startsWith("the loss became NaN");
	}

	@Test
	void givesUpOnAJobThatKillsTheServiceAgainAndAgain() {
		TrainingJob job = this.fixture.submit(4);
		for (int i = 0; i < 3; i++) {
			assertThat(this.fixture.get(job.id()).state()).isEqualTo(JobState.QUEUED);
			this.fixture.diesWhileRunning(job.id());
			this.fixture.recovery.recover();
		}
		TrainingJob failed = this.fixture.get(job.id());
		assertThat(failed.state()).isEqualTo(JobState.FAILED);
		assertThat(failed.attempts()).isEqualTo(3);
		assertThat(failed.error().detail()).contains("killed 3 times");
		this.fixture.runDue();
		assertThat(this.fixture.trainer.trained).isEmpty();
	}

	@Test
	void forgivesCrashesWhenAJobMakesProgressInBetween() {
		TrainingJob job = this.fixture.submit(4);
		for (int i = 0; i < 5; i++) {
			this.fixture.diesWhileRunning(job.id());
			TrainingJob running = this.fixture.get(job.id());
			this.fixture.reports.note(job.id(), running.attempts(), new ProgressReports.Report(null, List.of(), true));
			this.fixture.recovery.recover();
		}
		assertThat(this.fixture.get(job.id()).state()).isEqualTo(JobState.QUEUED);
		assertThat(this.fixture.get(job.id()).crashes()).isEqualTo(1);
	}

	@Test
	void leavesAloneWhatOtherNodesTrain() {
		TrainingJob job = this.fixture.submit(4);
		this.fixture.diesWhileRunning(job.id());
		this.fixture.jdbc.sql("update scheduled_tasks set picked_by = 'another'").update();
		this.fixture.recovery(false).recover();
		assertThat(this.fixture.get(job.id()).state()).isEqualTo(JobState.RUNNING);
	}

	@Test
	void takesBackItsOwnAmongOtherNodes() {
		TrainingJob job = this.fixture.submit(4);
		this.fixture.diesWhileRunning(job.id());
		this.fixture.recovery(false).recover();
		assertThat(this.fixture.get(job.id()).state()).isEqualTo(JobState.QUEUED);
		this.fixture.runDue();
		assertThat(this.fixture.get(job.id()).state()).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void removesCheckpointsThatNobodyNeeds() {
		TrainingJob ended = this.fixture.submit(1);
		TrainingJob waiting = this.fixture.submit(1);
		this.fixture.queue.cancel(ended.id());
		this.fixture.runner.checkpoints(ended.id()).save(FileCheckpointsTest.checkpoint(List.of()));
		this.fixture.runner.checkpoints(waiting.id()).save(FileCheckpointsTest.checkpoint(List.of()));
		this.fixture.recovery.recover();
		assertThat(Files.exists(this.folder.resolve("jobs").resolve(ended.id()))).isFalse();
		assertThat(Files.exists(this.folder.resolve("jobs").resolve(waiting.id()).resolve("checkpoint"))).isTrue();
	}

	@Test
	void givesBackKeysOfRequestsThatWereNeverAnswered() {
		this.fixture.keys.claim("k", "abc");
		this.fixture.recovery.recover();
		assertThatCode(() -> this.fixture.submit(JobFixture.request(1), "k")).doesNotThrowAnyException();
	}

	@Test
	void schedulesAQueuedJobThatTheSchedulerDoesNotKnow() {
		TrainingJob job = this.fixture.submit(1);
		this.fixture.jdbc.sql("delete from scheduled_tasks").update();
		this.fixture.recovery.recover();
		this.fixture.runDue();
		assertThat(this.fixture.get(job.id()).state()).isEqualTo(JobState.SUCCEEDED);
	}

}
