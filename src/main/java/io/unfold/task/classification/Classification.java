package io.unfold.task.classification;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.data.Codecs;
import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;
import io.unfold.data.TokenKind;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.Tensors;
import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.PreparedTask;
import io.unfold.task.Split;
import io.unfold.task.TaskSpec;
import io.unfold.task.sequence.EncodedSequences;
import io.unfold.task.sequence.SequenceExample;
import io.unfold.task.sequence.SequenceRecords;
import io.unfold.task.sequence.Stacks;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sequence to one of several labels. An example is {@code {"sequence": S, "label":
 * "up"}}.
 *
 * @param tokens how sequences that are texts are split, by default into words
 * @param labels the labels that there are; null takes those of the data
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonTypeName(Classification.TYPE)
public record Classification(TokenKind tokens, @Nullable List<String> labels) implements TaskSpec {

	public static final String TYPE = "classification";

	public Classification {
		if (labels != null) {
			labels = List.copyOf(labels);
			if (labels.size() < 2 || new HashSet<>(labels).size() < labels.size()) {
				throw new InvalidFieldException("labels", "must be at least two different labels");
			}
		}
	}

	@JsonCreator
	static Classification from(@Nullable TokenKind tokens, @Nullable List<String> labels) {
		return new Classification((tokens != null) ? tokens : TokenKind.WORDS, labels);
	}

	@Override
	public String type() {
		return TYPE;
	}

	@Override
	public PreparedTask<?> prepare(DataSource data, @Nullable NetworkSpec network, Split split) {
		return prepare(data, network, split, null);
	}

	@Override
	public PreparedTask<?> continued(DataSource data, @Nullable NetworkSpec network, Split split, JsonNode fitted) {
		return prepare(data, network, split, PreparedClassification.Fitted.read(fitted));
	}

	private PreparedTask<?> prepare(DataSource data, @Nullable NetworkSpec network, Split split,
			PreparedClassification.@Nullable Fitted parent) {
		List<SequenceExample<String>> examples = SequenceRecords.read(data, Codecs.TEXT,
				(record, sequence) -> label(record));
		Map<String, String> once = new HashMap<>();
		List<String> answers = examples.stream()
			.map((example) -> once.computeIfAbsent(example.answer(), (label) -> label))
			.toList();
		List<String> own = answers.subList(0, split.own(answers.size()));
		List<String> classes = (parent != null) ? parent.labels()
				: (this.labels != null) ? this.labels : List.copyOf(new TreeSet<>(own));
		if (parent == null) {
			checkEnough(classes, own);
		}
		SequenceRecords.requireKnown(examples, (parent != null) ? 0 : own.size(), Set.copyOf(classes), List::of,
				"/label");
		Split.Parts parts = split.drawn(answers.size(), answers::get);
		EncodedSequences sequences = EncodedSequences.fit(data, examples, parts, this.tokens,
				(parent != null) ? parent.encoder() : null);
		Map<String, Integer> ids = new HashMap<>();
		classes.forEach((label) -> ids.put(label, ids.size()));
		return new PreparedClassification(Stacks.resolve(network, sequences.encoder().input()), sequences, classes,
				answers.stream().mapToInt(ids::get).toArray(), List.of());
	}

	private String label(DataRecord record) {
		String label = SequenceRecords.text(record, "label");
		if (this.labels != null && !this.labels.contains(label)) {
			throw new InvalidRequestException("/label", "'" + label + "' is not one of task.labels");
		}
		return label;
	}

	private static void checkEnough(List<String> classes, List<String> answers) {
		if (classes.size() < 2) {
			throw new InvalidRequestException("/task/labels",
					"the examples have only the label '" + classes.get(0) + "': at least two are needed");
		}
		if (answers.size() < 2 * classes.size()) {
			throw new InvalidRequestException("/task/labels", "there are " + classes.size() + " labels for "
					+ answers.size() + " examples: at least two examples for each label are needed, on average");
		}
	}

	@Override
	public Classifier trained(JsonNode fitted, NetworkSpec network, Tensors parameters) {
		PreparedClassification.Fitted parts = PreparedClassification.Fitted.read(fitted);
		return parts.classifier(parts.architecture(Stacks.of(network)).serving(parameters));
	}

}
