package io.unfold.task.generation;

import io.unfold.nn.network.SequenceNetwork;
import io.unfold.task.TrainedTask;

/** A trained language model. */
public final class Generator implements TrainedTask {

	private final Fitted fitted;

	private final SequenceNetwork network;

	Generator(Fitted fitted, SequenceNetwork network) {
		this.fitted = fitted;
		this.network = network;
	}

	/** Begins a text. */
	public Writing write(GenerationRequest request) {
		int[] prompt = this.fitted.encode(request.prompt());
		int[] read = new int[prompt.length + 1];
		read[0] = this.fitted.start();
		System.arraycopy(prompt, 0, read, 1, prompt.length);
		return new Writing(this.fitted, this.network, read, request);
	}

}
