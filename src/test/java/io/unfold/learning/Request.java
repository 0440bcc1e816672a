package io.unfold.learning;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.unfold.data.DataFormat;
import io.unfold.data.DataSource;
import io.unfold.job.JobRequest;
import io.unfold.task.Evaluation;
import io.unfold.training.Checkpoints;
import io.unfold.training.EpochMetrics;
import io.unfold.training.MiniBatchTrainer;
import io.unfold.training.TrainingListener;
import io.unfold.training.TrainingPlan;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request of {@code POST /api/v1/training-jobs}, kept as the resource
 * {@code <name>.json}, and what comes of it.
 */
record Request(String name, JobRequest body) {

	/** Below the folder that a clean build removes. */
	private static final Path DATASETS = Path.of("target", "learning");

	static Request named(String name) {
		try (InputStream json = Objects.requireNonNull(Request.class.getResourceAsStream(name + ".json"), name)) {
			return new Request(name, JsonMapper.shared().readValue(json, JobRequest.class));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Trains on the examples as a job does, and prints a line with the figures on those
	 * that were held out, which are returned. The dataset is left as
	 * {@code target/learning/<dataset>.jsonl}, for those who want to post it.
	 */
	Evaluation run(Stream<? extends Example> examples) {
		return run(DataSource.of(DataFormat.JSONL, write(examples)));
	}

	/** The same on a dataset that comes with the service. */
	Evaluation run(DataSource data) {
		TrainingPlan plan = new TrainingPlan(this.body.task(), this.body.network(),
				Objects.requireNonNull(this.body.training()));
		long start = System.nanoTime();
		Evaluation evaluation = new MiniBatchTrainer().train(plan, data, new Silence(), Checkpoints.none())
			.evaluation();
		print(evaluation, (System.nanoTime() - start) / 1e9);
		return evaluation;
	}

	private Path write(Stream<? extends Example> examples) {
		Path file = DATASETS.resolve(this.body.dataset() + ".jsonl");
		try {
			Files.createDirectories(DATASETS);
			try (BufferedWriter lines = Files.newBufferedWriter(file)) {
				for (Iterator<? extends Example> i = examples.iterator(); i.hasNext();) {
					lines.write(JsonMapper.shared().writeValueAsString(i.next()));
					lines.write('\n');
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return file;
	}

	private void print(Evaluation evaluation, double seconds) {
		System.out.printf(Locale.ROOT, "learning %-13s %s, skill %.4g on %d held-out examples, %.1f s%n", this.name,
				figures(evaluation.metrics()), evaluation.skill(), evaluation.examples(), seconds);
	}

	/** Without those of single tags. */
	private static String figures(Map<String, Double> metrics) {
		return metrics.entrySet()
			.stream()
			.filter((metric) -> metric.getKey().indexOf('.') < 0)
			.map((metric) -> String.format(Locale.ROOT, "%s %.4g", metric.getKey(), metric.getValue()))
			.collect(Collectors.joining(", "));
	}

	/** Of a run only its last line is shown. */
	private static final class Silence implements TrainingListener {

		@Override
		public void progress(Progress progress) {
		}

		@Override
		public void epoch(EpochMetrics metrics) {
		}

		@Override
		public boolean cancelled() {
			return false;
		}

	}

}
