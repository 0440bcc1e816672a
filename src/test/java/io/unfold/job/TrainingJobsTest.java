package io.unfold.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.unfold.problem.ConflictException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TrainingJobsTest {

	@TempDir
	Path folder;

	private JobFixture fixture;

	@BeforeEach
	void setUp() {
		this.fixture = new JobFixture(this.folder);
	}

	@Test
	void listsTheNewestFirstSliceBySlice() {
		List<String> posted = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			posted.add(0, this.fixture.submit(1).id());
		}
		List<String> listed = new ArrayList<>();
		Long end = null;
		do {
			TrainingJobs.Slice slice = this.fixture.jobs.slice(null, null, end, 2);
			assertThat(slice.jobs()).hasSizeBetween(1, 2);
			slice.jobs().forEach((job) -> listed.add(job.id()));
			end = slice.end();
			// what comes in between changes nothing of the slices to come
			this.fixture.submit(1);
		}
		while (end != null);
		assertThat(listed).containsExactlyElementsOf(posted);
	}

	@Test
	void hasNoFurtherSliceWhenTheLastIsFull() {
		this.fixture.submit(1);
		this.fixture.submit(1);
		assertThat(this.fixture.jobs.slice(null, null, null, 2).end()).isNull();
	}

	@Test
	void listsByStateAndModel() {
		TrainingJob done = this.fixture.submit(1);
		this.fixture.runDue();
		TrainingJob queued = this.fixture.submit(JobFixture.request(1).put("model", "other"), null);
		assertThat(this.fixture.jobs.slice(JobState.SUCCEEDED, null, null, 9).jobs()).extracting(TrainingJob::id)
			.containsExactly(done.id());
		assertThat(this.fixture.jobs.slice(null, "other", null, 9).jobs()).extracting(TrainingJob::id)
			.containsExactly(queued.id());
		assertThat(this.fixture.jobs.slice(JobState.FAILED, "other", null, 9).jobs()).isEmpty();
	}

	@Test
	void countsEveryChange() {
		TrainingJob job = this.fixture.submit(1);
		long before = this.fixture.get(job.id()).version();
		this.fixture.jobs.change(job.id(), (j) -> j);
		assertThat(this.fixture.get(job.id()).version()).isEqualTo(before);
		this.fixture.jobs.change(job.id(), (j) -> j.start(JobFixture.NOW));
		assertThat(this.fixture.get(job.id()).version()).isGreaterThan(before);
	}

	@Test
	void changesNothingWhenTheChangeIsRefused() {
		TrainingJob job = this.fixture.submit(1);
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> this.fixture.jobs.change(job.id(), (j) -> {
			throw new ConflictException("no");
		}));
		assertThat(this.fixture.states(job.id())).containsExactly("QUEUED");
	}

	@Test
	void givesTheEventsAfterTheLastThatAClientHas() {
		TrainingJob job = this.fixture.submit(4);
		this.fixture.runDue();
		List<JobEvent> all = this.fixture.events(job.id());
		for (int i = 0; i < all.size(); i++) {
			assertThat(this.fixture.events.after(job.id(), all.get(i).id(), 1000))
				.containsExactlyElementsOf(all.subList(i + 1, all.size()));
		}
		assertThat(this.fixture.events.after(job.id(), 0, 2)).containsExactlyElementsOf(all.subList(0, 2));
	}

	@Test
	void keepsTheCurveOfAnEpochThatIsRunAgainOnce() {
		TrainingJob job = this.fixture.submit(2);
		this.fixture.runDue();
		assertThat(this.fixture.jobs.metrics(job.id())).extracting((figures) -> figures.get("epoch").asInt())
			.containsExactly(1, 2);
	}

	@Test
	void keepsDatasetsThatJobsStillRead() {
		TrainingJob job = this.fixture.submit(1);
		DatasetsInUse guard = new DatasetsInUse(this.fixture.jobs);
		assertThatExceptionOfType(ConflictException.class)
			.isThrownBy(() -> guard.checkUnused(this.fixture.datasets.get("series")));
		this.fixture.queue.cancel(job.id());
		guard.checkUnused(this.fixture.datasets.get("series"));
	}

	@Test
	void keepsDatasetsThatJobsHoldOut() {
		DatasetsInUse guard = new DatasetsInUse(this.fixture.jobs);
		for (String part : List.of("validation", "test")) {
			guard.checkUnused(this.fixture.datasets.get("held-out"));
			TrainingJob job = this.fixture.submit(JobFixture.holdingOut(part), null);
			assertThatExceptionOfType(ConflictException.class)
				.isThrownBy(() -> guard.checkUnused(this.fixture.datasets.get("held-out")));
			this.fixture.queue.cancel(job.id());
		}
	}

}
