package io.unfold.data;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read any number of times. */
@FunctionalInterface
public interface Content {

	/** A new stream from the first byte; the caller closes it. */
	InputStream open() throws IOException;

}
