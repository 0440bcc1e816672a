package io.unfold.model;

import io.unfold.problem.NotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * How a request names a version: {@code name} (the latest), {@code name:version} or
 * {@code name@alias}.
 */
record ModelRef(String name, @Nullable Integer version, @Nullable String alias) {

	static ModelRef parse(String ref) {
		int at = ref.indexOf('@');
		if (at >= 0) {
			return new ModelRef(ref.substring(0, at), null, ref.substring(at + 1));
		}
		int colon = ref.indexOf(':');
		if (colon < 0) {
			return new ModelRef(ref, null, null);
		}
		try {
			return new ModelRef(ref.substring(0, colon), Integer.valueOf(ref.substring(colon + 1)), null);
		}
		catch (NumberFormatException ex) {
			throw new NotFoundException("no model is named '" + ref
					+ "': a model is named as 'name', 'name:version' with a number, or 'name@alias'");
		}
	}

}
