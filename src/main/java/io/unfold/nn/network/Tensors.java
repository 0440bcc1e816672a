package io.unfold.nn.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters of a network by name, in the network's order. */
public record Tensors(Map<String, Tensor> byName) {

	public Tensors {
		byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
	}

	/**
	 * The tensor of that name; throws {@link IllegalArgumentException} when there is
	 * none.
	 */
	public Tensor get(String name) {
		Tensor tensor = this.byName.get(name);
		if (tensor == null) {
			throw new IllegalArgumentException("no parameter is named '" + name + "'");
		}
		return tensor;
	}

}
