package io.unfold.task.tagging;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.data.Codecs;
import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;
import io.unfold.data.ListView;
import io.unfold.data.Sequence;
import io.unfold.data.TokenKind;
import io.unfold.data.Tokenizer;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.Tensors;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.PreparedTask;
import io.unfold.task.Split;
import io.unfold.task.TaskSpec;
import io.unfold.task.sequence.EncodedSequences;
import io.unfold.task.sequence.SequenceExample;
import io.unfold.task.sequence.SequenceRecords;
import io.unfold.task.sequence.Stacks;
import io.unfold.task.sequence.TokenEncoder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sequence to tags, one for each step. An example is {@code {"sequence": S, "tags":
 * ["B-city", "O"]}}; the tags can be one text with blanks between them, as in a table.
 *
 * @param tokens how sequences that are texts are split, by default into words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonTypeName(Tagging.TYPE)
public record Tagging(TokenKind tokens) implements TaskSpec {

	public static final String TYPE = "tagging";

	public Tagging {
		splitter(tokens);
	}

	private static Tokenizer splitter(TokenKind tokens) {
		return tokens.fixed("every step has a tag, and nobody knows the steps before subwords are learned");
	}

	private static final int MOST_SHOWN = 30;

	@JsonCreator
	static Tagging from(@Nullable TokenKind tokens) {
		return new Tagging((tokens != null) ? tokens : TokenKind.WORDS);
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
		return prepare(data, network, split, PreparedTagging.Fitted.read(fitted));
	}

	private PreparedTask<?> prepare(DataSource data, @Nullable NetworkSpec network, Split split,
			PreparedTagging.@Nullable Fitted parent) {
		List<SequenceExample<List<String>>> examples = SequenceRecords.read(data, Codecs.TEXTS, this::tags);
		SequenceRecords.requireTwo(examples);
		SortedSet<String> tags = new TreeSet<>();
		int own = split.own(examples.size());
		if (parent != null) {
			tags.addAll(parent.tags());
		}
		else {
			examples.subList(0, own).forEach((example) -> tags.addAll(example.answer()));
		}
		if (tags.size() < 2) {
			throw new InvalidRequestException("/dataset",
					"the examples have only the tag '" + tags.first() + "': at least two are needed");
		}
		SequenceRecords.requireKnown(examples, (parent != null) ? 0 : own, tags, (answer) -> answer, "/tags");
		EncodedSequences sequences = EncodedSequences.fit(data, examples, split.drawn(examples.size(), (i) -> ""),
				this.tokens, (parent != null) ? parent.encoder() : null);
		return PreparedTagging.of(Stacks.resolve(network, sequences.encoder().input()), sequences,
				(parent != null) ? parent.tags() : List.copyOf(tags),
				new ListView<>(examples.size(), (i) -> examples.get(i).answer()), data.scratch());
	}

	private List<String> tags(DataRecord record, Sequence sequence) {
		List<String> tags = tags(SequenceRecords.required(record, "tags"));
		int steps = SequenceRecords.steps(splitter(this.tokens), sequence);
		if (tags.size() != steps) {
			throw new InvalidRequestException("/tags",
					"has " + tags.size() + " tags for a sequence of " + steps + " steps" + split(sequence));
		}
		return tags;
	}

	private static List<String> tags(JsonNode node) {
		if (node.isValueNode()) {
			String text = node.asString();
			if (text.isBlank()) {
				throw new InvalidRequestException("/tags", "must not be blank");
			}
			return List.of(text.strip().split("\\s+", -1));
		}
		if (!node.isArray()) {
			throw new InvalidRequestException("/tags", "must be a list of tags, or a text with blanks between them");
		}
		List<String> tags = new ArrayList<>(node.size());
		for (JsonNode tag : node) {
			if (!tag.isValueNode() || tag.isNull() || tag.asString().isBlank()) {
				throw new InvalidRequestException("/tags/" + tags.size(), "must be a tag, which is a text");
			}
			tags.add(tag.asString());
		}
		return tags;
	}

	/** What a text was split into, so that a client sees where it counts otherwise. */
	private String split(Sequence sequence) {
		if (!(sequence instanceof Sequence.Text)) {
			return "";
		}
		List<String> tokens = TokenEncoder.tokens(splitter(this.tokens), sequence, "/sequence");
		String most = String.join(" | ", tokens.subList(0, Math.min(tokens.size(), MOST_SHOWN)));
		return ", which are its " + this.tokens.id() + ": " + most + ((tokens.size() > MOST_SHOWN) ? " ..." : "")
				+ "; send a list of tokens to split it otherwise";
	}

	@Override
	public Tagger trained(JsonNode fitted, NetworkSpec network, Tensors parameters) {
		PreparedTagging.Fitted parts = PreparedTagging.Fitted.read(fitted);
		return parts.tagger(parts.architecture(Stacks.of(network)).serving(parameters));
	}

}
