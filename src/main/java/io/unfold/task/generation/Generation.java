package io.unfold.task.generation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.data.DataSource;
import io.unfold.data.TokenKind;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.StackSpec;
import io.unfold.nn.network.StepInput;
import io.unfold.nn.network.Tensors;
import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.PreparedTask;
import io.unfold.task.Split;
import io.unfold.task.TaskSpec;
import io.unfold.task.sequence.Stacks;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A language model: it tells the next token of a text from those before it, and so writes
 * texts. The data is a text, of which the last part is held out, or examples
 * {@code {"text": "..."}}.
 *
 * @param tokens what texts are made up of, by default characters
 * @param vocabularySize tokens of the vocabulary at most, the most frequent ones; by
 * default 30,000, of subwords 8,000
 */
@JsonTypeName(Generation.TYPE)
public record Generation(TokenKind tokens, int vocabularySize) implements TaskSpec {

	public static final String TYPE = "generation";

	public Generation {
		InvalidFieldException.requireBetween("vocabularySize", vocabularySize, 10, 200_000);
	}

	@JsonCreator
	static Generation from(@Nullable TokenKind tokens, @Nullable Integer vocabularySize) {
		TokenKind kind = (tokens != null) ? tokens : TokenKind.CHARACTERS;
		return new Generation(kind, (vocabularySize != null) ? vocabularySize : kind.vocabularySize());
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
		return prepare(data, network, split, Fitted.read(fitted));
	}

	private PreparedTask<?> prepare(DataSource data, @Nullable NetworkSpec network, Split split,
			@Nullable Fitted parent) {
		Corpus corpus = CorpusReader.read(data, this.tokens, this.vocabularySize, split, parent);
		StackSpec stack = Stacks.resolve(network, new StepInput.Tokens(corpus.vocabulary().size()));
		if (stack.bidirectional()) {
			throw new InvalidRequestException("/network/bidirectional",
					"must be false: a language model is to tell what comes next, and would have read it");
		}
		return new PreparedGeneration(stack, corpus);
	}

	@Override
	public Generator trained(JsonNode fitted, NetworkSpec network, Tensors parameters) {
		Fitted parts = Fitted.read(fitted);
		return new Generator(parts, parts.architecture(Stacks.of(network)).serving(parameters));
	}

}
