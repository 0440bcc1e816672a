package io.unfold.data;

import java.util.stream.Stream;

/**
 * Records that can be read any number of times, in order: a stored dataset or a request's
 * inline data.
 */
public interface DataSource {

	/**
	 * The records in order, read lazily. The stream must be closed. Reading throws
	 * {@link io.unfold.problem.InvalidRequestException} with line and column where the
	 * content is not what its format allows.
	 */
	Stream<DataRecord> records();

}
