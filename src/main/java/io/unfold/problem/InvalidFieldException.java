package io.unfold.problem;

/**
 * A value that a specification cannot have. Thrown by the constructors of the records
 * that are read from JSON, so that a record that exists is a valid one; the reader of the
 * JSON knows where in the document the record was.
 */
public class InvalidFieldException extends IllegalArgumentException {

	private final String field;

	/**
	 * @param field name of the record's field, or of a field in it, as in
	 * {@code test/fraction}
	 * @param detail what is wrong, as in "must be at least 1"
	 */
	public InvalidFieldException(String field, String detail) {
		super(detail);
		this.field = field;
	}

	public String field() {
		return this.field;
	}

	/** Checks that {@code min <= value <= max}. */
	public static int requireBetween(String field, int value, int min, int max) {
		if (value < min || value > max) {
			throw new InvalidFieldException(field, "must be between " + min + " and " + max + ", but is " + value);
		}
		return value;
	}

	/** Checks that {@code min <= value <= max}, and that value is a number. */
	public static double requireBetween(String field, double value, double min, double max) {
		if (!(value >= min && value <= max)) {
			throw new InvalidFieldException(field, "must be between " + min + " and " + max + ", but is " + value);
		}
		return value;
	}

}
