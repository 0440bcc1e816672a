package io.unfold.model;

import java.util.regex.Pattern;

import io.unfold.problem.InvalidRequestException;

/** What models and aliases may be called; a model's name is a directory's. */
final class ModelName {

	private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

	private ModelName() {
	}

	static boolean isValid(String name) {
		return ALLOWED.matcher(name).matches();
	}

	static String check(String pointer, String name) {
		if (!isValid(name)) {
			throw new InvalidRequestException(pointer,
					"must be 1 to 100 letters (A-Z, a-z), digits, '.', '_' or '-', beginning with a letter or a digit");
		}
		return name;
	}

}
