package io.unfold.task.forecasting;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;
import io.unfold.data.Moment;
import io.unfold.data.NumberTable;
import io.unfold.data.StepDetector;
import io.unfold.data.TimeStep;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.Faults;
import io.unfold.task.Split;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the series of a dataset. */
final class SeriesReader {

	private final Forecasting task;

	private final Rows rows;

	private final Split split;

	private final Path scratch;

	private final SentRows sent;

	/** Their numbers, in the order in which they begin. */
	private final Map<String, Integer> series = new LinkedHashMap<>();

	private int read;

	private @Nullable Boolean dates;

	private SeriesReader(Forecasting task, Split split, Path scratch) {
		this.task = task;
		this.split = split;
		this.rows = new Rows(task);
		this.scratch = scratch;
		this.sent = SentRows.many(task, scratch);
	}

	/**
	 * The series of a dataset.
	 *
	 * @param step between their rows; null where no time is told
	 */
	record Read(List<Series> series, @Nullable TimeStep step) {
	}

	/** Reads all; throws with lines what is wrong. */
	static Read read(Forecasting task, DataSource data, Split split) {
		return new SeriesReader(task, split, data.scratch()).read(data);
	}

	private Read read(DataSource data) {
		Faults faults = new Faults();
		try (Stream<DataRecord> records = data.records()) {
			records.forEach((record) -> {
				Split.Source source = this.split.source(this.read);
				if (this.read == 0) {
					checkColumns(record, "/task/");
				}
				else if (source != this.split.source(this.read - 1)) {
					faults.check(record.line(), () -> checkColumns(record, null));
				}
				faults.check(record.line(), () -> add(record, source));
				this.read++;
			});
		}
		faults.throwIfAny();
		List<RawSeries> all = raw();
		StepDetector detector = new StepDetector();
		all.forEach((raw) -> raw.tellTimes(detector));
		TimeStep step = detector.step();
		all.forEach((raw) -> raw.check(step, (row, line, check) -> faults.check(line, check)));
		faults.throwIfAny();
		NumberTable regular = NumberTable.spilling(this.task.features(), this.scratch);
		return new Read(all.stream().map((raw) -> raw.regular(step, regular)).toList(), step);
	}

	private List<RawSeries> raw() {
		int[] counts = this.sent.counts(this.series.size());
		int[] rows = (counts.length > 1) ? this.sent.bySeries(counts) : null;
		List<RawSeries> all = new ArrayList<>();
		int begin = 0;
		for (String name : this.series.keySet()) {
			int first = begin;
			int size = counts[all.size()];
			all.add(new RawSeries(this.task, name, this.sent, size, (row) -> (rows != null) ? rows[first + row] : row));
			begin += size;
		}
		return all;
	}

	/**
	 * @param fields where the task's are; null: faults are of the record alone
	 */
	private void checkColumns(DataRecord first, @Nullable String fields) {
		requireColumn("time", this.task.time(), first, fields);
		requireColumn("series", this.task.series(), first, fields);
		this.task.target().forEach((column) -> requireColumn("target", column, first, fields));
		this.task.pastCovariates().forEach((column) -> requireColumn("pastCovariates", column, first, fields));
		this.task.futureCovariates().forEach((column) -> requireColumn("futureCovariates", column, first, fields));
	}

	private static void requireColumn(String field, @Nullable String column, DataRecord record,
			@Nullable String fields) {
		if (column != null && !record.fields().has(column)) {
			throw new InvalidRequestException((fields != null) ? fields + field : "", "no column is named '" + column
					+ "': there are " + String.join(", ", record.fields().propertyNames()));
		}
	}

	private void add(DataRecord record, Split.Source source) {
		String name = "";
		if (this.task.series() != null) {
			JsonNode field = record.fields().get(this.task.series());
			if (field == null || !field.isValueNode() || field.isNull() || field.asString().isBlank()) {
				throw new InvalidRequestException("/" + this.task.series(), "is missing: it names the row's series");
			}
			name = field.asString();
		}
		Moment time = null;
		if (this.task.time() != null) {
			time = this.rows.time(record.fields().get(this.task.time()), "/" + this.task.time());
			requireLikeTheFirst(time);
		}
		double[] columns = this.rows.columns(record.fields(), "");
		Integer number = this.series.computeIfAbsent(name, (n) -> this.series.size());
		this.sent.add(columns, time, source, record.line(), number);
	}

	private void requireLikeTheFirst(Moment time) {
		if (!time.date() && !this.task.calendar().isEmpty()) {
			throw new InvalidRequestException("/" + this.task.time(),
					"must be a date, as task.calendar reads it, but is " + time);
		}
		if (this.dates == null) {
			this.dates = time.date();
		}
		else if (this.dates != time.date()) {
			throw new InvalidRequestException("/" + this.task.time(),
					"must be " + (this.dates ? "a date" : "a number") + ", as in the first row, but is " + time);
		}
	}

}
