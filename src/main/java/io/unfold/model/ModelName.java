package io.unfold.model;

import java.util.regex.Pattern;

import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;

/** What models and aliases may be called; a model's name is a directory's. */
final class ModelName {

	private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

	private static final String RULE = "must be 1 to 100 letters (A-Z, a-z), digits, '.', '_' or '-', beginning with a "
			+ "letter or a digit";

	private ModelName() {
	}

	static boolean isValid(String name) {
		return ALLOWED.matcher(name).matches();
	}

	static void check(String pointer, String name) {
		if (!isValid(name)) {
			throw new InvalidRequestException(pointer, RULE);
		}
	}

	/** Checks an alias, which stands in a path and not in a body. */
	static void checkAlias(String alias) {
		if (!isValid(alias)) {
			throw new InvalidRequestException(new Violation(null, null, null, "An alias " + RULE));
		}
	}

}
