package io.unfold.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.unfold.model.ModelDraft;
import io.unfold.nn.network.Tensors;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.NotFoundException;
import io.unfold.problem.Violation;
import io.unfold.training.TrainingFailedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.dao.QueryTimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

class JobRunnerTest {

	@TempDir
	Path folder;

	private JobFixture fixture;

	@BeforeEach
	void setUp() {
		this.fixture = new JobFixture(this.folder);
	}

	@Test
	void publishesAModelWithItsProvenance() {
		TrainingJob job = this.fixture.submit(3);
		this.fixture.runDue();
		TrainingJob done = this.fixture.get(job.id());
		assertThat(done.state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(done.modelVersion()).isEqualTo(1);
		assertThat(done.attempts()).isEqualTo(1);
		assertThat(done.startedAt()).isNotNull();
		assertThat(done.finishedAt()).isNotNull();
		ModelDraft draft = this.fixture.published.get(job.id());
		JsonNode provenance = draft.provenance();
		assertThat(provenance.at("/job").asString()).isEqualTo(job.id());
		assertThat(provenance.at("/dataset/sha256").asString()).isEqualTo("ab12");
		assertThat(provenance.at("/dataset/name").asString()).isEqualTo("series");
		assertThat(provenance.at("/seed").asInt()).isEqualTo(11);
		assertThat(provenance.at("/software/java").asString()).isEqualTo(System.getProperty("java.runtime.version"));
		assertThat(provenance.at("/software/deeplearning4j").asString()).startsWith("1.0.0");
		assertThat(provenance.at("/software/processor").asString()).isNotBlank();
		assertThat(draft.task().at("/type").asString()).isEqualTo("classification");
		assertThat(draft.training().at("/epochs").asInt()).isEqualTo(3);
	}

	@Test
	void trainsWithTheDatasetsThatAreHeldOutAndNamesThem() {
		TrainingJob job = this.fixture.submit(JobFixture.holdingOut("test"), null);
		this.fixture.runDue();
		assertThat(this.fixture.trainer.data.validation()).isNull();
		try (var records = this.fixture.trainer.data.test().records()) {
			assertThat(records.map((record) -> record.fields().get("x").asInt())).containsExactly(3);
		}
		JsonNode provenance = this.fixture.published.get(job.id()).provenance();
		assertThat(provenance.at("/testDataset/sha256").asString()).isEqualTo("cd34");
		assertThat(provenance.at("/testDataset/name").asString()).isEqualTo("held-out");
		assertThat(provenance.has("validationDataset")).isFalse();
	}

	@Test
	void leavesOutFiguresThatAreNoNumbers() {
		TrainingJob job = this.fixture.submit(1);
		this.fixture.runDue();
		JsonNode evaluation = this.fixture.get(job.id()).evaluation();
		assertThat(evaluation.at("/metrics/rmse").asDouble()).isEqualTo(0.5);
		assertThat(evaluation.at("/metrics").has("mape")).isFalse();
	}

	@Test
	void tellsAllThatHappened() {
		TrainingJob job = this.fixture.submit(3);
		this.fixture.runDue();
		List<JobEvent> events = this.fixture.events(job.id());
		assertThat(events).extracting(JobEvent::id).isSorted().doesNotHaveDuplicates();
		assertThat(this.fixture.states(job.id())).containsExactly("QUEUED", "RUNNING", "SUCCEEDED");
		assertThat(events).filteredOn((event) -> event.type().equals(JobEvent.METRIC))
			.extracting((event) -> StoredJson.MAPPER.readTree(event.data()).get("epoch").asInt())
			.containsExactly(1, 2, 3);
		assertThat(events).filteredOn((event) -> event.type().equals(JobEvent.PROGRESS)).hasSize(1);
		JobEvent last = events.get(events.size() - 1);
		assertThat(last.type()).isEqualTo(JobEvent.END);
		assertThat(StoredJson.MAPPER.readTree(last.data()).at("/model/version").asInt()).isEqualTo(1);
		assertThat(this.fixture.jobs.metrics(job.id())).hasSize(3);
		assertThat(this.fixture.jobs.metrics(job.id()).get(0).has("validationLoss")).isFalse();
		TrainingJob done = this.fixture.get(job.id());
		assertThat(done.progress().epoch()).isEqualTo(3);
		assertThat(done.metrics().get("epoch").asInt()).isEqualTo(3);
	}

	@Test
	void removesCheckpointAndPlaceInTheQueueWhenDone() {
		TrainingJob job = this.fixture.submit(2);
		Path checkpoint = this.folder.resolve("jobs").resolve(job.id()).resolve("checkpoint");
		this.fixture.trainer.miniBatch = (epoch, listener) -> assertThat(Files.exists(checkpoint)).isEqualTo(epoch > 1);
		this.fixture.runDue();
		assertThat(this.fixture.get(job.id()).state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(checkpoint.getParent()).doesNotExist();
		assertThat(this.fixture.scheduled(job.id())).isZero();
	}

	@Test
	void trainsOnTheExamplesOfTheRequest() {
		ObjectNode request = JobFixture.inlineRequest();
		TrainingJob job = this.fixture.submit(request, null);
		this.fixture.runDue();
		assertThat(this.fixture.get(job.id()).state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.fixture.published.get(job.id()).provenance().has("dataset")).isTrue();
	}

	@Test
	void stopsWithinAMiniBatchWhenCancelled() {
		TrainingJob job = this.fixture.submit(100);
		this.fixture.trainer.miniBatch = (epoch, listener) -> {
			if (epoch == 5) {
				assertThat(this.fixture.queue.cancel(job.id()).state()).isEqualTo(JobState.CANCELLING);
				assertThat(listener.cancelled()).isTrue();
			}
		};
		this.fixture.runDue();
		TrainingJob cancelled = this.fixture.get(job.id());
		assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
		assertThat(this.fixture.trainer.trained).containsExactly(1, 2, 3, 4, 5);
		assertThat(this.fixture.states(job.id())).containsExactly("QUEUED", "RUNNING", "CANCELLING", "CANCELLED");
		assertThat(this.fixture.published).isEmpty();
		assertThat(this.folder.resolve("jobs").resolve(job.id())).doesNotExist();
		assertThat(this.fixture.scheduled(job.id())).isZero();
	}

	@Test
	void publishesNothingWhenCancelledInTheLastMiniBatch() {
		TrainingJob job = this.fixture.submit(2);
		this.fixture.trainer.miniBatch = (epoch, listener) -> {
			if (epoch == 2) {
				this.fixture.queue.cancel(job.id());
			}
		};
		this.fixture.runDue();
		assertThat(this.fixture.get(job.id()).state()).isEqualTo(JobState.CANCELLED);
		verify(this.fixture.models, never()).publish(anyString(), any());
	}

	@Test
	void learnsFromTheDatabaseWhenAnotherNodeCancels() {
		TrainingJob job = this.fixture.submit(100);
		this.fixture.trainer.miniBatch = (epoch, listener) -> {
			if (epoch == 2) {
				// no event reaches this node
				this.fixture.jdbc.sql("update training_job set state = 'CANCELLING' where id = ?")
					.param(job.id())
					.update();
			}
		};
		this.fixture.runDue();
		assertThat(this.fixture.get(job.id()).state()).isEqualTo(JobState.CANCELLED);
		assertThat(this.fixture.trainer.trained).hasSizeLessThan(5);
	}

	@Test
	void failsWithTheReasonWhenTheNumbersGoBad() {
		failing(new TrainingFailedException("the loss became NaN in epoch 2"));
		TrainingJob job = run();
		assertThat(job.state()).isEqualTo(JobState.FAILED);
		assertThat(job.error().title()).isEqualTo("Training failed");
		assertThat(job.error().detail()).isEqualTo("the loss became NaN in epoch 2");
	}

	@Test
	void keepsTheBestModelSoFarWhenTheNumbersGoBad() {
		failing(wentBad());
		TrainingJob job = run();
		assertThat(job.state()).isEqualTo(JobState.FAILED);
		assertThat(job.modelVersion()).isEqualTo(1);
		assertThat(job.evaluation()).isNull();
		assertThat(job.error().detail())
			.isEqualTo("the loss became NaN in epoch 2; the best model so far is kept as m:1");
		assertThat(this.fixture.published.get(job.id()).provenance().get("failure").asString())
			.isEqualTo("the loss became NaN in epoch 2");
		verify(this.fixture.models).publish(anyString(), any());
		List<JobEvent> events = this.fixture.events(job.id());
		JsonNode end = StoredJson.MAPPER.readTree(events.get(events.size() - 1).data());
		assertThat(end.at("/state").asString()).isEqualTo("FAILED");
		assertThat(end.at("/model/version").asInt()).isEqualTo(1);
		assertThat(this.folder.resolve("jobs").resolve(job.id())).doesNotExist();
		assertThat(this.fixture.scheduled(job.id())).isZero();
	}

	@Test
	void keepsNothingOfAJobThatWasCancelledAsTheNumbersWentBad() {
		TrainingJob job = this.fixture.submit(3);
		this.fixture.trainer.miniBatch = (epoch, listener) -> {
			this.fixture.queue.cancel(job.id());
			throw wentBad();
		};
		this.fixture.runDue();
		assertThat(this.fixture.get(job.id()).state()).isEqualTo(JobState.FAILED);
		assertThat(this.fixture.get(job.id()).modelVersion()).isNull();
		verify(this.fixture.models, never()).publish(anyString(), any());
	}

	@Test
	void failsAgainWithTheSameModelWhenKilledAfterPublishingIt() {
		TrainingJob job = this.fixture.submit(3);
		this.fixture.published.put(job.id(),
				new ModelDraft(null, null, null, null,
						StoredJson.MAPPER
							.readTree("{\"job\": \"%s\", \"failure\": \"the loss became NaN\"}".formatted(job.id())),
						null, new Tensors(Map.of())));
		this.fixture.diesWhileRunning(job.id());
		this.fixture.recovery.recover();
		this.fixture.runDue();
		TrainingJob failed = this.fixture.get(job.id());
		assertThat(failed.state()).isEqualTo(JobState.FAILED);
		assertThat(failed.modelVersion()).isEqualTo(1);
		assertThat(failed.error().detail()).isEqualTo("the loss became NaN; the best model so far is kept as m:1");
		assertThat(this.fixture.trainer.trained).isEmpty();
		verify(this.fixture.models, never()).publish(anyString(), any());
	}

	private static TrainingFailedException wentBad() {
		return new TrainingFailedException("the loss became NaN in epoch 2",
				FakeTrainer.model(JobFixture.read(JobFixture.request(3)).plan(), List.of()));
	}

	@Test
	void failsWithTheViolationsWhenTheDataIsBad() {
		failing(new InvalidRequestException(Violation.at(3, 4, "is not a number")));
		TrainingJob job = run();
		assertThat(job.error().status()).isEqualTo(422);
		assertThat(job.error().errors()).containsExactly(Violation.at(3, 4, "is not a number"));
	}

	@Test
	void failsWhenItsDatasetIsGone() {
		TrainingJob job = this.fixture.submit(2);
		given(this.fixture.datasets.get("ds-1")).willThrow(new NotFoundException("no dataset is named 'ds-1'"));
		this.fixture.runDue();
		assertThat(this.fixture.get(job.id()).error().status()).isEqualTo(404);
	}

	@Test
	void failsAndFreesNativeMemoryWhenThereIsNotEnough() {
		this.fixture.trainer.miniBatch = (epoch, listener) -> {
			throw new OutOfMemoryError("native");
		};
		TrainingJob job = run();
		assertThat(job.error().detail()).contains("batchSize");
		assertThat(this.fixture.trainer.memoryReleased).isEqualTo(1);
		assertThat(job.state()).isEqualTo(JobState.FAILED);
	}

	@Test
	void saysNothingOfTheInsideWhenTheServiceIsAtFault() {
		failing(new IllegalStateException("secret path /srv"));
		TrainingJob job = run();
		assertThat(job.error().status()).isEqualTo(500);
		assertThat(job.error().detail()).doesNotContain("secret");
	}

	@Test
	void triesAgainWhenTheDatabaseFails() {
		failing(new QueryTimeoutException("busy"));
		TrainingJob job = run();
		assertThat(job.state()).isEqualTo(JobState.RUNNING);
		this.fixture.trainer.miniBatch = (epoch, listener) -> {
		};
		this.fixture.clock.set(this.fixture.clock.now().plusSeconds(10));
		this.fixture.runDue();
		assertThat(this.fixture.get(job.id()).state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.fixture.get(job.id()).attempts()).isEqualTo(2);
	}

	@Test
	void goesOnFromTheCheckpointAfterAShutdown() {
		TrainingJob job = this.fixture.submit(5);
		this.fixture.trainer.miniBatch = (epoch, listener) -> {
			if (epoch == 3) {
				this.fixture.runner.on(new ContextClosedEvent(new StaticApplicationContext()));
			}
		};
		this.fixture.runDue();
		TrainingJob stopped = this.fixture.get(job.id());
		assertThat(stopped.state()).isEqualTo(JobState.QUEUED);
		assertThat(stopped.crashes()).isZero();
		assertThat(this.fixture.scheduled(job.id())).isEqualTo(1);
		assertThat(this.fixture.trainer.trained).containsExactly(1, 2, 3);

		JobRunner next = this.fixture.newRunner();
		assertThat(next.run(job.id())).isTrue();
		assertThat(this.fixture.trainer.trained).containsExactly(1, 2, 3, 4, 5);
		TrainingJob done = this.fixture.get(job.id());
		assertThat(done.state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(done.attempts()).isEqualTo(2);
	}

	@Test
	void takesNothingOnWhenStopping() {
		TrainingJob job = this.fixture.submit(5);
		this.fixture.runner.on(new ContextClosedEvent(new StaticApplicationContext()));
		this.fixture.runDue();
		assertThat(this.fixture.get(job.id()).state()).isEqualTo(JobState.QUEUED);
		assertThat(this.fixture.scheduled(job.id())).isEqualTo(1);
	}

	@Test
	void publishesOnceWhenKilledAfterPublishing() {
		TrainingJob job = this.fixture.submit(3);
		this.fixture.published.put(job.id(), new ModelDraft(null, null, null,
				StoredJson.MAPPER.readTree("{\"on\": \"test\"}"), null, null, new Tensors(Map.of())));
		this.fixture.diesWhileRunning(job.id());
		this.fixture.recovery.recover();
		this.fixture.runDue();
		TrainingJob done = this.fixture.get(job.id());
		assertThat(done.state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(done.modelVersion()).isEqualTo(1);
		assertThat(done.evaluation().get("on").asString()).isEqualTo("test");
		assertThat(this.fixture.trainer.trained).isEmpty();
		verify(this.fixture.models, never()).publish(anyString(), any());
	}

	@Test
	void leavesAJobToTheWorkerThatHasItNow() {
		TrainingJob job = this.fixture.submit(100);
		this.fixture.trainer.miniBatch = (epoch, listener) -> {
			if (epoch == 2) {
				// this node was taken for dead, and another has begun the job again
				this.fixture.jdbc.sql("update training_job set attempts = 2 where id = ?").param(job.id()).update();
			}
		};
		this.fixture.runDue();
		assertThat(this.fixture.get(job.id()).state()).isEqualTo(JobState.RUNNING);
		assertThat(this.fixture.trainer.trained).hasSizeLessThan(5);
		assertThat(this.fixture.published).isEmpty();
		assertThat(this.folder.resolve("jobs").resolve(job.id())).exists();
	}

	@Test
	void runsInTheOrderOfPosting() {
		List<TrainingJob> jobs = List.of(this.fixture.submit(1), this.fixture.submit(1), this.fixture.submit(1));
		this.fixture.runDue();
		assertThat(jobs).extracting((job) -> this.fixture.get(job.id()).modelVersion()).containsExactly(1, 2, 3);
	}

	private void failing(RuntimeException failure) {
		this.fixture.trainer.miniBatch = (epoch, listener) -> {
			throw failure;
		};
	}

	private TrainingJob run() {
		TrainingJob job = this.fixture.submit(3);
		this.fixture.runDue();
		return this.fixture.get(job.id());
	}

}
