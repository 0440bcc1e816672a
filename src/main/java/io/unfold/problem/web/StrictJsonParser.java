package io.unfold.problem.web;

import java.math.BigInteger;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.util.JsonParserDelegate;

/** A parser that refuses infinite numbers and halves of surrogate pairs. */
class StrictJsonParser extends JsonParserDelegate {

	StrictJsonParser(JsonParser delegate) {
		super(delegate);
	}

	@Override
	public double getDoubleValue() {
		return finite(super.getDoubleValue());
	}

	@Override
	public float getFloatValue() {
		finite(super.getDoubleValue());
		return super.getFloatValue();
	}

	@Override
	public double getValueAsDouble() {
		return finite(super.getValueAsDouble());
	}

	@Override
	public double getValueAsDouble(double fallback) {
		return finite(super.getValueAsDouble(fallback));
	}

	@Override
	public Number getNumberValue() {
		checkNumber();
		return super.getNumberValue();
	}

	@Override
	public Number getNumberValueExact() {
		checkNumber();
		return super.getNumberValueExact();
	}

	@Override
	public Object getNumberValueDeferred() {
		checkNumber();
		return super.getNumberValueDeferred();
	}

	/** No: a copy of the raw characters would escape the check. */
	@Override
	public boolean hasStringCharacters() {
		return false;
	}

	@Override
	public @Nullable String getString() {
		return paired(super.getString());
	}

	@Override
	public @Nullable String getValueAsString() {
		return paired(super.getValueAsString());
	}

	@Override
	public @Nullable String getValueAsString(@Nullable String fallback) {
		return paired(super.getValueAsString(fallback));
	}

	@Override
	public @Nullable String nextName() {
		return paired(super.nextName());
	}

	@Override
	public @Nullable String currentName() {
		return paired(super.currentName());
	}

	@Override
	public BigInteger getBigIntegerValue() {
		checkNumber();
		return super.getBigIntegerValue();
	}

	private void checkNumber() {
		if (currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
			finite(super.getDoubleValue());
		}
		else if (currentToken() == JsonToken.VALUE_NUMBER_INT && getNumberType() == NumberType.BIG_INTEGER) {
			// not getDoubleValue: after it the parser cannot give the BigInteger any more
			finite(super.getBigIntegerValue().doubleValue());
		}
	}

	private double finite(double value) {
		if (!Double.isFinite(value)) {
			throw new StreamReadException(this, "The number is too large: at most 1.7976931348623157e308",
					currentTokenLocation());
		}
		return value;
	}

	private @Nullable String paired(@Nullable String text) {
		if (text != null) {
			for (int i = 0; i < text.length(); i++) {
				char c = text.charAt(i);
				if (!Character.isSurrogate(c)) {
					continue;
				}
				boolean pair = Character.isHighSurrogate(c) && i + 1 < text.length()
						&& Character.isLowSurrogate(text.charAt(i + 1));
				if (!pair) {
					throw new StreamReadException(this, "A string holds half a surrogate pair, which is no character",
							currentTokenLocation());
				}
				i++;
			}
		}
		return text;
	}

}
