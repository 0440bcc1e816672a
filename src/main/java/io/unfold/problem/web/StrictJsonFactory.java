package io.unfold.problem.web;

import java.io.DataInput;
import java.io.InputStream;
import java.io.Reader;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A factory of parsers that refuse what JSON's grammar lets through and no Java value can
 * hold: numbers that overflow to infinity, halves of surrogate pairs, and the same field
 * twice.
 */
class StrictJsonFactory extends JsonFactory {

	StrictJsonFactory() {
		super(builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.disable(StreamReadFeature.CLEAR_CURRENT_TOKEN_ON_CLOSE));
	}

	@Override
	public JsonFactory copy() {
		return new StrictJsonFactory();
	}

	@Override
	protected JsonParser _createParser(ObjectReadContext context, IOContext io, InputStream in) {
		return new StrictJsonParser(super._createParser(context, io, in));
	}

	@Override
	protected JsonParser _createParser(ObjectReadContext context, IOContext io, Reader reader) {
		return new StrictJsonParser(super._createParser(context, io, reader));
	}

	@Override
	protected JsonParser _createParser(ObjectReadContext context, IOContext io, char[] data, int offset, int length,
			boolean recyclable) {
		return new StrictJsonParser(super._createParser(context, io, data, offset, length, recyclable));
	}

	@Override
	protected JsonParser _createParser(ObjectReadContext context, IOContext io, byte[] data, int offset, int length) {
		return new StrictJsonParser(super._createParser(context, io, data, offset, length));
	}

	@Override
	protected JsonParser _createParser(ObjectReadContext context, IOContext io, DataInput input) {
		return new StrictJsonParser(super._createParser(context, io, input));
	}

}
