package io.unfold.task;

import io.unfold.nn.network.Architecture;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.ServingNetwork;
import io.unfold.nn.network.TruncatedBptt;
import org.jspecify.annotations.Nullable;

/**
 * A task whose data has been read: all that training needs.
 *
 * @param <S> the network that serves it
 */
public interface PreparedTask<S extends ServingNetwork> {

	/** The network's spec, defaults resolved. */
	NetworkSpec network();

	/** The spec with the sizes that the data gave it. */
	Architecture<S> architecture();

	/**
	 * What was fitted to the training part, as a record that is stored as JSON with the
	 * model.
	 */
	Object fitted();

	/**
	 * The task with what is fitted to the answers of its trained network, where there is
	 * such a thing, as a threshold for its errors: it is this one's {@link #fitted()}
	 * that is stored, and this one that {@link #evaluate evaluates}. Only the validation
	 * part is used for it.
	 */
	default PreparedTask<S> calibrated(S network) {
		return this;
	}

	/**
	 * How gradients are cut unless the request says so; null: through whole sequences.
	 */
	default @Nullable TruncatedBptt truncatedBptt() {
		return null;
	}

	Examples training();

	/** The part that watches training; it may be empty. */
	Examples validation();

	/**
	 * The same task, in whose loss classes weigh so much; without effect on what judges
	 * the network in the end.
	 * @throws io.unfold.problem.InvalidRequestException when the task has no classes, or
	 * not those
	 */
	default PreparedTask<S> weighted(ClassWeights weights) {
		throw ClassWeights.refused();
	}

	/**
	 * Judges a network on the test part, or on the validation part where there is none.
	 */
	Evaluation evaluate(S network);

}
