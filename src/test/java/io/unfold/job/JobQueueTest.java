package io.unfold.job;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.unfold.problem.ConflictException;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.NotFoundException;
import io.unfold.problem.TooManyRequestsException;
import io.unfold.problem.Violation;
import io.unfold.training.Trainer.Estimate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class JobQueueTest {

	@TempDir
	Path folder;

	private JobFixture fixture;

	@BeforeEach
	void setUp() {
		this.fixture = new JobFixture(this.folder);
	}

	@Test
	void takesAJobOn() {
		TrainingJob job = this.fixture.submit(3);
		TrainingJob found = this.fixture.get(job.id());
		assertThat(found.state()).isEqualTo(JobState.QUEUED);
		assertThat(found.createdAt()).isEqualTo(JobFixture.NOW);
		assertThat(found.dataset()).isEqualTo(new TrainingJob.DatasetRef("ds-1", "series", "ab12"));
		assertThat(found.request()).isEqualTo(JobFixture.request(3));
		assertThat(this.fixture.changes).containsExactly(new JobChanged(job.id(), JobState.QUEUED));
	}

	@Test
	void countsTheJobsBefore() {
		TrainingJob first = this.fixture.submit(3);
		TrainingJob second = this.fixture.submit(3);
		TrainingJob third = this.fixture.submit(3);
		assertThat(List.of(first, second, third)).extracting(this.fixture.jobs::queuePosition).containsExactly(0, 1, 2);
		this.fixture.queue.cancel(first.id());
		assertThat(List.of(second, third)).extracting(this.fixture.jobs::queuePosition).containsExactly(0, 1);
	}

	@Test
	void endsAQueuedJobAtOnceWhenItIsCancelled() {
		TrainingJob job = this.fixture.submit(3);
		assertThat(this.fixture.queue.cancel(job.id()).state()).isEqualTo(JobState.CANCELLED);
		assertThat(this.fixture.scheduled(job.id())).isZero();
		this.fixture.runDue();
		assertThat(this.fixture.trainer.trained).isEmpty();
		assertThat(this.fixture.queue.cancel(job.id()).state()).isEqualTo(JobState.CANCELLED);
	}

	@Test
	void endsAJobThatAWorkerHasPickedAndNotYetBegun() {
		TrainingJob job = this.fixture.submit(3);
		this.fixture.jdbc.sql("update scheduled_tasks set picked = true, picked_by = 'worker' where task_instance = ?")
			.param(job.id())
			.update();
		assertThat(this.fixture.queue.cancel(job.id()).state()).isEqualTo(JobState.CANCELLED);
		assertThat(this.fixture.runner.run(job.id())).isTrue();
		assertThat(this.fixture.trainer.trained).isEmpty();
	}

	@Test
	void doesNotCancelWhatHasEnded() {
		TrainingJob job = this.fixture.submit(1);
		this.fixture.runDue();
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> this.fixture.queue.cancel(job.id()));
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.fixture.queue.cancel("nobody"));
	}

	@Test
	void refusesMoreThanItTakes() {
		this.fixture = new JobFixture(this.folder, 2);
		this.fixture.submit(1);
		this.fixture.submit(1);
		TooManyRequestsException refusal = catchThrowableOfType(TooManyRequestsException.class,
				() -> this.fixture.submit(1));
		assertThat(refusal.retryAfterSeconds()).isPositive();
		this.fixture.runDue();
		assertThat(this.fixture.submit(1).state()).isEqualTo(JobState.QUEUED);
	}

	@Test
	void deletesOnlyWhatHasEnded() {
		TrainingJob job = this.fixture.submit(1);
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> this.fixture.queue.delete(job.id()));
		this.fixture.runDue();
		this.fixture.queue.delete(job.id());
		assertThat(this.fixture.jobs.find(job.id())).isEmpty();
		assertThat(this.fixture.events(job.id())).isEmpty();
	}

	@Test
	void refusesADatasetThatIsNotThere() {
		ObjectNode request = JobFixture.request(1).put("dataset", "nothing");
		assertThat(violation(request).pointer()).isEqualTo("/dataset");
	}

	@Test
	void refusesAnExampleThatIsNone() {
		ObjectNode request = JobFixture.inlineRequest();
		request.withArray("/data/examples").add(3);
		assertThat(violation(request).pointer()).isEqualTo("/data/examples/2");
	}

	@Test
	void refusesWhatTheTrainerRefuses() {
		this.fixture.trainer.refusal = new InvalidRequestException("/network/layers/0/units", "is too much");
		assertThat(violation(JobFixture.request(1)).pointer()).isEqualTo("/network/layers/0/units");
		assertThat(this.fixture.jobs.slice(null, null, null, 10).jobs()).isEmpty();
	}

	@Test
	void refusesWhatDoesNotFitInMemory() {
		this.fixture.trainer.estimate = new Estimate(10, 10, 1L << 50, 1);
		Violation violation = violation(JobFixture.request(1));
		assertThat(violation.pointer()).isEqualTo("/training/batchSize");
		assertThat(violation.detail()).contains(" MiB");
	}

	@Test
	void onlyEstimatesWhenAsked() {
		assertThat(this.fixture.queue.estimate(JobFixture.read(JobFixture.request(1))))
			.isEqualTo(this.fixture.trainer.estimate);
		assertThat(this.fixture.jobs.slice(null, null, null, 10).jobs()).isEmpty();
	}

	@Test
	void givesTheSameJobForTheSameKey() {
		TrainingJob job = this.fixture.submit(JobFixture.request(1), "key");
		assertThat(this.fixture.submit(JobFixture.request(1), "key").id()).isEqualTo(job.id());
		assertThat(this.fixture.submit(JobFixture.request(1), "another").id()).isNotEqualTo(job.id());
		assertThat(this.fixture.jobs.slice(null, null, null, 10).jobs()).hasSize(2);
	}

	@Test
	void refusesAnotherRequestWithTheSameKey() {
		this.fixture.submit(JobFixture.request(1), "key");
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> this.fixture.submit(JobFixture.request(2), "key"))
			.withMessageContaining("Idempotency-Key");
	}

	@Test
	void forgetsAKeyAfterADay() {
		TrainingJob job = this.fixture.submit(JobFixture.request(1), "key");
		this.fixture.clock.set(this.fixture.clock.now().plus(Duration.ofHours(24)).plusSeconds(1));
		assertThat(this.fixture.submit(JobFixture.request(2), "key").id()).isNotEqualTo(job.id());
	}

	@Test
	void keepsNoKeyOfARefusedRequest() {
		this.fixture.trainer.refusal = new InvalidRequestException("/network", "is too much");
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> this.fixture.submit(JobFixture.request(1), "key"));
		this.fixture.trainer.refusal = null;
		assertThat(this.fixture.submit(JobFixture.request(2), "key").state()).isEqualTo(JobState.QUEUED);
	}

	@Test
	void refusesAKeyThatIsNone() {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> this.fixture.submit(JobFixture.request(1), " "));
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> this.fixture.submit(JobFixture.request(1), "k".repeat(256)));
	}

	@Test
	void makesOneJobOfTwoRequestsAtOnce() throws Exception {
		CountDownLatch both = new CountDownLatch(2);
		Callable<Object> request = () -> {
			both.countDown();
			both.await(10, TimeUnit.SECONDS);
			try {
				return this.fixture.submit(JobFixture.request(1), "key").id();
			}
			catch (ConflictException ex) {
				return ex;
			}
		};
		ExecutorService clients = Executors.newFixedThreadPool(2);
		try {
			List<Future<Object>> answers = clients.invokeAll(List.of(request, request));
			List<TrainingJob> jobs = this.fixture.jobs.slice(null, null, null, 10).jobs();
			assertThat(jobs).hasSize(1);
			for (Future<Object> answer : answers) {
				assertThat(answer.get()).satisfiesAnyOf((a) -> assertThat(a).isEqualTo(jobs.get(0).id()),
						(a) -> assertThat(a).isInstanceOf(ConflictException.class));
			}
		}
		finally {
			clients.shutdownNow();
		}
	}

	@Test
	void answersConflictWhileTheFirstRequestIsBeingAnswered() {
		this.fixture.keys.claim("key", Provenance.sha256(JobFixture.request(1).toString()));
		assertThatExceptionOfType(ConflictException.class)
			.isThrownBy(() -> this.fixture.submit(JobFixture.request(1), "key"));
	}

	private Violation violation(ObjectNode request) {
		return catchThrowableOfType(InvalidRequestException.class, () -> this.fixture.submit(request, null))
			.violations()
			.get(0);
	}

}
