package io.unfold.nn.network;

/**
 * A readout cannot be trained in closed form. The message says why, and what may help.
 */
public class UnsolvableException extends RuntimeException {

	public UnsolvableException(String message) {
		super(message);
	}

}
