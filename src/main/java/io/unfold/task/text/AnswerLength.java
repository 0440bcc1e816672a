package io.unfold.task.text;

import java.util.List;

import io.unfold.data.Tokenizer;
import org.jspecify.annotations.Nullable;

/** How many tokens a written text has at most. */
public final class AnswerLength {

	/** What can be asked for at most. */
	public static final int MOST = 10_000;

	private AnswerLength() {
	}

	/**
	 * The limit of a model.
	 * @param asked what the task asks for; null takes twice the longest text
	 * @param texts of the training part
	 */
	public static int limit(@Nullable Integer asked, Tokenizer tokenizer, List<String> texts) {
		return (asked != null) ? asked
				: Math.min(MOST, 2 * texts.stream().mapToInt((text) -> tokenizer.split(text).size()).max().orElse(1));
	}

}
