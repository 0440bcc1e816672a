package io.unfold.task.classification;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;
import io.unfold.data.Sequence;
import io.unfold.data.Tokenizer;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.Tensors;
import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.Faults;
import io.unfold.task.PreparedTask;
import io.unfold.task.Split;
import io.unfold.task.TaskSpec;
import io.unfold.task.sequence.SequenceEncoder;
import io.unfold.task.sequence.SequenceEncoder.Encoded;
import io.unfold.task.sequence.SequenceEncoders;
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
public record Classification(Tokenizer tokens, @Nullable List<String> labels) implements TaskSpec {

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
	static Classification from(@Nullable Tokenizer tokens, @Nullable List<String> labels) {
		return new Classification((tokens != null) ? tokens : Tokenizer.WORDS, labels);
	}

	@Override
	public String type() {
		return TYPE;
	}

	@Override
	public PreparedTask<?> prepare(DataSource data, @Nullable NetworkSpec network, Split split) {
		List<Labelled> examples = read(data);
		List<String> answers = examples.stream().map(Labelled::label).toList();
		List<String> classes = (this.labels != null) ? this.labels : List.copyOf(new TreeSet<>(answers));
		checkEnough(classes, answers);
		Split.Parts parts = split.drawn(answers.size(), answers::get);
		SequenceEncoder encoder = SequenceEncoders.fit(examples.get(0).sequence(),
				IntStream.of(parts.training()).mapToObj((i) -> examples.get(i).sequence()).toList(), this.tokens);
		Map<String, Integer> ids = new HashMap<>();
		classes.forEach((label) -> ids.put(label, ids.size()));
		List<Encoded> encoded = new ArrayList<>();
		Faults faults = new Faults();
		for (Labelled example : examples) {
			faults.check(example.line(), () -> encoded.add(encoder.encode(example.sequence(), "/sequence")));
		}
		faults.throwIfAny();
		return new PreparedClassification(Stacks.resolve(network, encoder.input()),
				new PreparedClassification.Fitted(encoder, classes), encoded,
				answers.stream().mapToInt(ids::get).toArray(), parts);
	}

	private List<Labelled> read(DataSource data) {
		List<Labelled> examples = new ArrayList<>();
		Faults faults = new Faults();
		try (Stream<DataRecord> records = data.records()) {
			records.forEach((record) -> faults.check(record.line(), () -> {
				Sequence sequence = SequenceRecords.sequence(record);
				String label = SequenceRecords.text(record, "label");
				if (this.labels != null && !this.labels.contains(label)) {
					throw new InvalidRequestException("/label", "'" + label + "' is not one of task.labels");
				}
				examples.add(new Labelled(record.line(), sequence, label));
			}));
		}
		faults.throwIfAny();
		return examples;
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
		return PreparedClassification.Fitted.read(fitted).classifier(Stacks.of(network), parameters);
	}

	private record Labelled(long line, Sequence sequence, String label) {
	}

}
