package io.unfold.task.sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;
import io.unfold.data.Sequence;
import io.unfold.data.SpillingList;
import io.unfold.data.SpillingList.Codec;
import io.unfold.data.Tokenizer;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.Faults;
import io.unfold.task.PredictRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the fields of examples. */
public final class SequenceRecords {

	private SequenceRecords() {
	}

	/**
	 * The examples of a dataset, however many there are.
	 * @param codec of the answers
	 * @param answer reads the answer of a record whose sequence has been read
	 * @throws InvalidRequestException with lines of the data
	 */
	public static <A> List<SequenceExample<A>> read(DataSource data, Codec<A> codec,
			BiFunction<DataRecord, Sequence, A> answer) {
		List<SequenceExample<A>> examples = new SpillingList<>(data.scratch(), SequenceExample.codec(codec));
		Faults faults = new Faults();
		try (Stream<DataRecord> records = data.records()) {
			records.forEach((record) -> faults.check(record.line(), () -> {
				Sequence sequence = parse(required(record, "sequence"), "/sequence");
				examples.add(new SequenceExample<>(record.line(), sequence, answer.apply(record, sequence)));
			}));
		}
		faults.throwIfAny();
		return examples;
	}

	/**
	 * Checks that what datasets that are held out ask for can be learned.
	 * @param own how many of the examples, the first ones, are of the dataset itself
	 * @param known what occurs in those
	 * @param labels of an answer
	 * @param pointer of the field that they are in
	 * @throws InvalidRequestException with lines of examples that have others
	 */
	public static <A> void requireKnown(List<SequenceExample<A>> examples, int own, Set<String> known,
			Function<A, List<String>> labels, String pointer) {
		Faults faults = new Faults();
		for (SequenceExample<A> example : examples.subList(own, examples.size())) {
			faults.check(example.line(), () -> {
				for (String label : labels.apply(example.answer())) {
					if (!known.contains(label)) {
						throw new InvalidRequestException(pointer,
								"'" + label + "' does not occur in the data that is trained on");
					}
				}
			});
		}
		faults.throwIfAny();
	}

	/** Checks that there is an example to learn from, and one to judge by. */
	public static void requireTwo(List<?> examples) {
		if (examples.size() < 2) {
			throw new InvalidRequestException("/dataset",
					"there is only one example: at least two are needed, one to learn from and one to judge by");
		}
	}

	/** The field {@code sequences} of a request. */
	public static List<Sequence> sequences(PredictRequest request) {
		return sequences(request.sequences());
	}

	/** A request's list of sequences. */
	public static List<Sequence> sequences(@Nullable JsonNode list) {
		List<Sequence> sequences = new ArrayList<>();
		for (JsonNode sequence : PredictRequest.list(list, "/sequences", "sequences")) {
			sequences.add(parse(sequence, "/sequences/" + sequences.size()));
		}
		return sequences;
	}

	/**
	 * Steps of a sequence of an example.
	 * @param tokenizer splits texts
	 */
	public static int steps(Tokenizer tokenizer, Sequence sequence) {
		return (sequence instanceof Sequence.Numbers numbers) ? numbers.steps().length
				: TokenEncoder.tokens(tokenizer, sequence, "/sequence").size();
	}

	private static Sequence parse(JsonNode node, String pointer) {
		try {
			return Sequence.parse(node);
		}
		catch (InvalidRequestException ex) {
			throw ex.under(pointer);
		}
	}

	/** The tokens of a text; at least one. */
	public static List<String> tokens(Tokenizer tokenizer, String text, String pointer) {
		List<String> tokens = tokenizer.split(text);
		if (tokens.isEmpty()) {
			throw new InvalidRequestException(pointer, "must not be blank");
		}
		return tokens;
	}

	/**
	 * A field that is a text that is not blank; numbers and truth values are taken as
	 * their text.
	 */
	public static String text(DataRecord record, String field) {
		JsonNode node = required(record, field);
		if (node.isContainer()) {
			throw new InvalidRequestException("/" + field, "must be a text");
		}
		String text = node.asString();
		if (Tokenizer.isBlank(text)) {
			throw new InvalidRequestException("/" + field, "must not be blank");
		}
		return text;
	}

	/** A field that is there and not null. */
	public static JsonNode required(DataRecord record, String field) {
		JsonNode node = record.fields().get(field);
		if (node == null || node.isNull()) {
			throw new InvalidRequestException("/" + field, "is missing: every example needs '" + field
					+ "'; this one has " + String.join(", ", record.fields().propertyNames()));
		}
		return node;
	}

}
