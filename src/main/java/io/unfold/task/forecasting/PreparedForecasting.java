package io.unfold.task.forecasting;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.unfold.data.NumberTable;
import io.unfold.nn.network.Architecture;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.SequenceNetwork;
import io.unfold.nn.network.StackSpec;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.Evaluation;
import io.unfold.task.Examples;
import io.unfold.task.PreparedTask;
import io.unfold.task.Spans;
import io.unfold.task.Split;
import org.jspecify.annotations.Nullable;

/**
 * Series, and the windows of them that are learned.
 *
 * @param series those that are long enough to be learned from
 * @param tooShort names of the others
 * @param tested whether there is a part for the evaluation alone
 */
record PreparedForecasting(Forecasting task, StackSpec stack, Fitted fitted, List<Part> series, List<String> tooShort,
		boolean tested) implements PreparedTask<SequenceNetwork> {

	/**
	 * A series and its parts.
	 *
	 * @param encoded the series as the network sees it
	 * @param parts the rows whose values are forecast in each part
	 */
	record Part(Series series, Encoded encoded, Spans parts) {

		/**
		 * Rows of a held-out part from which the horizon is forecast, so many rows apart
		 * or, where some are missing, a few more.
		 */
		int[] origins(Spans.Span rows, int horizon, int stride) {
			IntStream.Builder origins = IntStream.builder();
			int next = 0;
			for (int row = rows.from(); row + horizon <= rows.to(); row++) {
				if (row >= next && isLearnable(row)) {
					origins.add(row);
					next = row + stride;
				}
			}
			return origins.build().toArray();
		}

		/** Whether a row can be learned, and forecasts judged from it on. */
		boolean isLearnable(int row) {
			return this.series.isTrue(row) && this.series.isOrigin(row);
		}

	}

	static PreparedForecasting of(Forecasting task, StackSpec stack, SeriesReader.Read read, Split split,
			@Nullable Fitted parent, Path scratch) {
		Map<Series, Spans> learned = new LinkedHashMap<>();
		List<String> tooShort = new ArrayList<>();
		for (Series series : read.series()) {
			Spans parts = series.parts(split);
			if (parts.training().length() > task.context()) {
				learned.put(series, parts);
			}
			else {
				tooShort.add(series.name());
			}
		}
		requireLearnable(task, read.series(), learned, split);
		Map<Series, Integer> trained = new LinkedHashMap<>();
		learned.forEach((series, parts) -> trained.put(series, parts.training().length()));
		Fitted own = Fitted.fit(task, trained, read.step());
		Fitted fitted = (parent != null) ? own.keeping(parent) : own;
		List<Part> all = new ArrayList<>();
		NumberTable rows = NumberTable.spilling(task.features(), scratch);
		learned.forEach((series, parts) -> all.add(new Part(series, encode(task, fitted, series, rows), parts)));
		PreparedForecasting prepared = new PreparedForecasting(task, stack, fitted, all, tooShort, split.hasTest());
		if (prepared.training().size() == 0) {
			throw new InvalidRequestException("/task/missing",
					"so much is missing that no window of " + task.context() + " rows is left to learn");
		}
		if (all.stream()
			.noneMatch((part) -> part.origins(prepared.evaluation(part.parts()), task.horizon(), 1).length > 0)) {
			throw new InvalidRequestException("/task/missing",
					"so much is missing in the held-out part that no forecast could be judged");
		}
		return prepared;
	}

	/** The rows that the evaluation is made on. */
	Spans.Span evaluation(Spans parts) {
		return this.tested ? parts.test() : parts.validation();
	}

	private static void requireLearnable(Forecasting task, List<Series> all, Map<Series, Spans> learned, Split split) {
		boolean several = task.series() != null;
		if (learned.isEmpty()) {
			int longest = all.stream().mapToInt(Series::length).max().orElse(0);
			int trained = all.stream().mapToInt((series) -> series.parts(split).training().length()).max().orElse(0);
			throw new InvalidRequestException("/task/context",
					(several ? "the longest series has " : "the data has ") + longest + " rows, of which "
							+ (longest - trained) + " are held out: with a context of " + task.context()
							+ " none is left to learn; make the context shorter or send more rows");
		}
		split.requireHeldOut(learned.values());
		int heldOut = learned.values()
			.stream()
			.mapToInt((parts) -> (split.hasTest() ? parts.test() : parts.validation()).length())
			.max()
			.orElse(0);
		if (heldOut < task.horizon()) {
			throw new InvalidRequestException("/task/horizon",
					"is longer than the held-out part"
							+ (several ? " of every series, of which the longest" : ", which") + " has " + heldOut
							+ " rows: a forecast of " + task.horizon() + " steps could not be judged; hold out more");
		}
	}

	/** The scaling is fitted to the training part, which the others may be far from. */
	private static Encoded encode(Forecasting task, Fitted fitted, Series series, NumberTable to) {
		Encoded encoded = fitted.encode(task, series, fitted.transform(series.name()), to);
		String tooFar = fitted.tooFar(task, encoded, series.length());
		if (tooFar != null) {
			throw new InvalidRequestException("/task/target",
					tooFar + (series.name().isEmpty() ? "" : " of '" + series.name() + "'"));
		}
		return encoded;
	}

	@Override
	public NetworkSpec network() {
		return this.stack;
	}

	@Override
	public Architecture<SequenceNetwork> architecture() {
		return this.fitted.architecture(this.task, this.stack);
	}

	@Override
	public Examples training() {
		return windows(Spans::training);
	}

	@Override
	public Examples validation() {
		return windows(Spans::validation);
	}

	/** The windows before the rows of a part that may be learned from. */
	private Windows windows(Function<Spans, Spans.Span> part) {
		int context = this.task.context();
		Windows windows = new Windows(context - this.task.differences().lost());
		this.series.forEach((one) -> windows.add(one.encoded(), part.apply(one.parts()),
				(row) -> row >= context && one.isLearnable(row)));
		return windows;
	}

	@Override
	public Evaluation evaluate(SequenceNetwork network) {
		return new RollingOrigins(this, network).evaluate();
	}

}
