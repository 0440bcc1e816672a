package io.unfold.task.generation;

import io.unfold.data.Tokenizer;
import io.unfold.data.Vocabulary;

/**
 * A dataset's tokens in one row: what is trained on, then the validation part, then the
 * test part. Of several texts each ends with the end token, which also stands before the
 * first.
 *
 * @param tokenizer of which the exact tokens are taken
 * @param vocabulary of the training part
 * @param start the token that a text begins after
 * @param readsUnknown whether the training part has unknown tokens, so that a network
 * learns to read them
 */
record Corpus(Tokenizer tokenizer, Vocabulary vocabulary, int start, boolean readsUnknown, Passage training,
		Passage validation, Passage test) {

	/** The part that the evaluation is made on: the test part where there is one. */
	Passage evaluation() {
		return (this.test.length() > 0) ? this.test : this.validation;
	}

	/** The name of that part. */
	String evaluationName() {
		return (this.test.length() > 0) ? "test" : "validation";
	}

}
