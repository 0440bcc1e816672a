package io.unfold.nn.network;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Working memory that calls borrow, so that any number of threads can call at once
 * without waiting: there are as many pieces as there have been calls at the same time.
 *
 * @param <T> a piece, used by one call at a time
 */
final class Pool<T> {

	private final ConcurrentLinkedQueue<T> free = new ConcurrentLinkedQueue<>();

	private final Supplier<T> factory;

	Pool(Supplier<T> factory) {
		this.factory = factory;
	}

	/**
	 * Runs the call with a piece of its own. A piece whose call has failed is dropped.
	 */
	<R> R with(Function<T, R> call) {
		T piece = this.free.poll();
		if (piece == null) {
			piece = this.factory.get();
		}
		R result = call.apply(piece);
		this.free.add(piece);
		return result;
	}

}
