package io.unfold.dataset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
import tools.jackson.databind.JsonNode;

/**
 * How a dataset's content was understood, from reading all of it.
 *
 * @param records number of records
 * @param fields in the order in which they were first seen
 * @param emptyLines that were passed over
 */
record Understanding(int records, List<FieldSummary> fields, long emptyLines) {

	private static final int MAX_FIELDS = 10_000;

	/**
	 * Reads all records.
	 * @throws InvalidRequestException when they cannot be read, with line and column
	 */
	static Understanding of(DataSource source) {
		Map<String, FieldObserver> observers = new LinkedHashMap<>();
		int[] records = { 0 };
		AtomicLong emptyLines = new AtomicLong();
		try (Stream<DataRecord> stream = source.records(emptyLines::set)) {
			stream.forEach((record) -> {
				records[0] += record.continued() ? 0 : 1;
				for (Map.Entry<String, JsonNode> field : record.fields().properties()) {
					observers.computeIfAbsent(field.getKey(), (name) -> new FieldObserver())
						.observe(field.getValue(), record.continued());
				}
				if (observers.size() > MAX_FIELDS) {
					throw new InvalidRequestException(Violation.at(record.line(), null,
							"there are more than " + MAX_FIELDS + " different fields"));
				}
			});
		}
		return new Understanding(records[0],
				observers.entrySet().stream().map((e) -> e.getValue().summary(e.getKey(), records[0])).toList(),
				emptyLines.get());
	}

}
