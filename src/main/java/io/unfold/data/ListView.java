package io.unfold.data;

import java.util.AbstractList;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/**
 * A list whose elements are made when they are asked for, of something that would not fit
 * into the heap as a list.
 *
 * @param <T> an element
 */
public final class ListView<T> extends AbstractList<T> implements RandomAccess {

	private final int size;

	private final IntFunction<? extends T> element;

	public ListView(int size, IntFunction<? extends T> element) {
		this.size = size;
		this.element = element;
	}

	/** The elements of those numbers. */
	public static <T> ListView<T> of(int[] numbers, IntFunction<? extends T> element) {
		return new ListView<>(numbers.length, (i) -> element.apply(numbers[i]));
	}

	@Override
	public T get(int index) {
		return this.element.apply(index);
	}

	@Override
	public int size() {
		return this.size;
	}

}
