package io.unfold.task.regression;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;
import io.unfold.data.ListView;
import io.unfold.data.Sequence;
import io.unfold.data.TokenKind;
import io.unfold.data.Tokenizer;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.StackSpec;
import io.unfold.nn.network.Tensors;
import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.Faults;
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
 * Sequence to numbers. An example is {@code {"sequence": S, "target": 3.2}}; the target
 * can be a list of numbers. With {@code everyStep} it is a list with a number, or a list
 * of numbers, for each step.
 *
 * @param tokens how sequences that are texts are split, by default into words
 * @param everyStep whether each step is answered, rather than the whole sequence once; by
 * default false
 * @param washout with everyStep, the first steps of each sequence that count neither in
 * the loss nor in the metrics; by default 0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonTypeName(Regression.TYPE)
public record Regression(TokenKind tokens, boolean everyStep, int washout) implements TaskSpec {

	public static final String TYPE = "regression";

	public Regression {
		if (everyStep) {
			splitter(tokens);
		}
		InvalidFieldException.requireBetween("washout", washout, 0, Sequence.MAX_STEPS - 1);
		if (washout > 0 && !everyStep) {
			throw new InvalidFieldException("washout", "needs 'everyStep': true, as there is one answer otherwise");
		}
	}

	private static Tokenizer splitter(TokenKind tokens) {
		return tokens.fixed("every step has a target, and nobody knows the steps before subwords are learned");
	}

	@JsonCreator
	static Regression from(@Nullable TokenKind tokens, @Nullable Boolean everyStep, @Nullable Integer washout) {
		return new Regression((tokens != null) ? tokens : TokenKind.WORDS, everyStep != null && everyStep,
				(washout != null) ? washout : 0);
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
		return prepare(data, network, split, PreparedRegression.Fitted.read(fitted));
	}

	private PreparedTask<?> prepare(DataSource data, @Nullable NetworkSpec network, Split split,
			PreparedRegression.@Nullable Fitted parent) {
		List<SequenceExample<Target>> examples = SequenceRecords.read(data, Target.CODEC, this::target);
		SequenceRecords.requireTwo(examples);
		requireAlike(examples);
		EncodedSequences sequences = EncodedSequences.fit(data, examples, split.drawn(examples.size(), (i) -> ""),
				this.tokens, (parent != null) ? parent.encoder() : null);
		StackSpec stack = Stacks.resolve(network, sequences.encoder().input());
		List<Target> targets = new ListView<>(examples.size(), (i) -> examples.get(i).answer());
		if (parent == null) {
			return PreparedRegression.of(this, stack, sequences, targets);
		}
		if (targets.get(0).size() != parent.scale().features()) {
			throw new InvalidRequestException("/dataset", "has targets of " + targets.get(0).size()
					+ " numbers, and the model to start from answers " + parent.scale().features());
		}
		return new PreparedRegression(this, stack, parent, sequences, targets);
	}

	private Target target(DataRecord record, Sequence sequence) {
		JsonNode target = SequenceRecords.required(record, "target");
		if (!this.everyStep) {
			return Target.once(target, "/target");
		}
		int steps = SequenceRecords.steps(splitter(this.tokens), sequence);
		if (steps <= this.washout) {
			throw new InvalidRequestException("/sequence", "has no more steps (" + steps + ") than task.washout ("
					+ this.washout + "): none is left to learn from");
		}
		return Target.everyStep(target, steps, "/target");
	}

	private static void requireAlike(List<SequenceExample<Target>> examples) {
		Target first = examples.get(0).answer();
		Faults faults = new Faults();
		for (SequenceExample<Target> example : examples) {
			faults.check(example.line(), () -> example.answer().requireLike(first, "/target"));
		}
		faults.throwIfAny();
	}

	@Override
	public Regressor trained(JsonNode fitted, NetworkSpec network, Tensors parameters) {
		PreparedRegression.Fitted parts = PreparedRegression.Fitted.read(fitted);
		return parts.regressor(this, parts.architecture(this, Stacks.of(network)).serving(parameters));
	}

}
