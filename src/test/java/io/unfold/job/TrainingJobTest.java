package io.unfold.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.unfold.problem.ConflictException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TrainingJobTest {

	private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

	private static final Instant LATER = NOW.plusSeconds(60);

	private static final Map<String, UnaryOperator<TrainingJob>> WORKER = Map.of("start", (job) -> job.start(NOW),
			"requeue", TrainingJob::requeue, "crash", (job) -> job.crash(3, NOW), "cancelled",
			(job) -> job.cancelled(NOW), "succeed", (job) -> job.succeed(1, JsonNodeFactory.instance.objectNode(), NOW),
			"fail", (job) -> job.fail(JobFailure.internal(), NOW));

	private static final Map<JobState, List<String>> ALLOWED = Map.of(JobState.QUEUED, List.of("start"),
			JobState.RUNNING, List.of("requeue", "crash", "succeed", "fail"), JobState.CANCELLING,
			List.of("cancelled", "succeed", "fail"), JobState.SUCCEEDED, List.of(), JobState.FAILED, List.of(),
			JobState.CANCELLED, List.of());

	static Stream<TrainingJob> allStates() {
		return Stream.of(JobState.values()).map(TrainingJobTest::in);
	}

	@ParameterizedTest
	@MethodSource("allStates")
	void goesOnlyWhereItsStateAllows(TrainingJob job) {
		WORKER.forEach((name, step) -> {
			if (ALLOWED.get(job.state()).contains(name)) {
				assertThat(step.apply(job)).as(name).isNotEqualTo(job);
			}
			else {
				assertThatExceptionOfType(IllegalStateException.class).as(name).isThrownBy(() -> step.apply(job));
			}
		});
	}

	@Test
	void endsAtOnceWhenCancelledInTheQueue() {
		TrainingJob job = in(JobState.QUEUED).cancel(LATER);
		assertThat(job.state()).isEqualTo(JobState.CANCELLED);
		assertThat(job.finishedAt()).isEqualTo(LATER);
	}

	@Test
	void waitsForItsWorkerWhenCancelledWhileRunning() {
		TrainingJob job = in(JobState.RUNNING).cancel(LATER);
		assertThat(job.state()).isEqualTo(JobState.CANCELLING);
		assertThat(job.finishedAt()).isNull();
	}

	@ParameterizedTest
	@EnumSource(names = { "CANCELLING", "CANCELLED" })
	void isNotChangedByCancellingTwice(JobState state) {
		assertThat(in(state).cancel(LATER)).isEqualTo(in(state));
	}

	@ParameterizedTest
	@EnumSource(names = { "SUCCEEDED", "FAILED" })
	void cannotBeCancelledWhenItHasEndedOtherwise(JobState state) {
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> in(state).cancel(LATER))
			.withMessageContaining(state.name());
	}

	@Test
	void keepsItsFirstStartAndCountsAttempts() {
		TrainingJob job = in(JobState.RUNNING).requeue().start(LATER);
		assertThat(job.attempts()).isEqualTo(2);
		assertThat(job.startedAt()).isEqualTo(NOW);
	}

	@Test
	void isQueuedAgainAfterACrash() {
		TrainingJob job = in(JobState.RUNNING).crash(3, LATER);
		assertThat(job.state()).isEqualTo(JobState.QUEUED);
		assertThat(job.crashes()).isEqualTo(1);
	}

	@Test
	void failsWithAReasonWhenItCrashesAgainAndAgain() {
		TrainingJob job = in(JobState.RUNNING).crash(3, LATER).start(LATER).crash(3, LATER).start(LATER);
		assertThat(job.state()).isEqualTo(JobState.RUNNING);
		TrainingJob third = job.crash(3, LATER);
		assertThat(third.state()).isEqualTo(JobState.FAILED);
		assertThat(third.error().detail()).contains("3 times");
		assertThat(third.finishedAt()).isEqualTo(LATER);
	}

	@Test
	void stoppingInOrderIsNoCrash() {
		assertThat(in(JobState.RUNNING).requeue().crashes()).isZero();
	}

	static TrainingJob in(JobState state) {
		TrainingJob queued = TrainingJob.queued("a", "model", "forecasting", null, JobInputs.NONE,
				JsonNodeFactory.instance.objectNode(), NOW);
		return switch (state) {
			case QUEUED -> queued;
			case RUNNING -> queued.start(NOW);
			case CANCELLING -> queued.start(NOW).cancel(NOW);
			case CANCELLED -> queued.cancel(NOW);
			case SUCCEEDED -> queued.start(NOW).succeed(1, JsonNodeFactory.instance.objectNode(), NOW);
			case FAILED -> queued.start(NOW).fail(JobFailure.internal(), NOW);
		};
	}

}
