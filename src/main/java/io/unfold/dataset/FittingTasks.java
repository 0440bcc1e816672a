package io.unfold.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which tasks' examples the fields of a dataset are. */
final class FittingTasks {

	private FittingTasks() {
	}

	static List<String> of(List<FieldSummary> fields) {
		Map<String, FieldSummary> byName = fields.stream()
			.collect(Collectors.toMap(FieldSummary::name, (field) -> field));
		List<String> tasks = new ArrayList<>();
		if (byName.containsKey("sequence")) {
			add(tasks, "classification", byName, "label");
			add(tasks, "regression", byName, "target");
			add(tasks, "tagging", byName, "tags");
			tasks.add("autoencoding");
		}
		if (byName.containsKey("source")) {
			add(tasks, "translation", byName, "target");
		}
		if (byName.containsKey("features")) {
			add(tasks, "captioning", byName, "text");
		}
		else {
			add(tasks, "generation", byName, "text");
		}
		if (tasks.isEmpty() && fields.stream().anyMatch((field) -> field.type().equals("number"))) {
			tasks.add("forecasting");
		}
		return tasks;
	}

	private static void add(List<String> tasks, String task, Map<String, FieldSummary> fields, String field) {
		if (fields.containsKey(field)) {
			tasks.add(task);
		}
	}

}
