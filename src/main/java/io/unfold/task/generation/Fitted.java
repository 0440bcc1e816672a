package io.unfold.task.generation;

import io.unfold.data.Tokenizer;
import io.unfold.data.Vocabulary;
import io.unfold.nn.network.Output;
import io.unfold.nn.network.SequenceArchitecture;
import io.unfold.nn.network.StackSpec;
import io.unfold.nn.network.StepInput;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is fitted to the training part.
 *
 * @param start the token that a text begins after
 * @param readsUnknown whether the network has learned to read unknown tokens; otherwise
 * they are left out of what it reads
 */
record Fitted(Tokenizer tokenizer, Vocabulary vocabulary, int start, boolean readsUnknown) {

	static Fitted read(JsonNode fitted) {
		return JsonMapper.shared().treeToValue(fitted, Fitted.class);
	}

	SequenceArchitecture architecture(StackSpec stack) {
		return new SequenceArchitecture(new StepInput.Tokens(this.vocabulary.size()), stack,
				new Output(Output.Kind.CLASSES, this.vocabulary.size(), true));
	}

	/** The ids of a text's tokens, as the network is to read them. */
	int[] encode(String text) {
		IntList ids = new IntList();
		for (String token : this.tokenizer.splitExactly(text)) {
			if (this.readsUnknown || this.vocabulary.contains(token)) {
				ids.add(this.vocabulary.id(token));
			}
		}
		return ids.toArray();
	}

}
