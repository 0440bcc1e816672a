package io.unfold.task;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Numbers of the examples in each part, drawn by a seed, each group in proportion. */
record Draw(List<Integer> training, List<Integer> validation, List<Integer> test) {

	/**
	 * Draws parts. The first example of a group is always trained on.
	 * @param n examples
	 * @param group of an example
	 * @param validation share of the examples
	 * @param test the same
	 */
	static Draw of(int n, IntFunction<? extends Object> group, double validation, double test, long seed) {
		List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
		Collections.shuffle(order, new Random(seed));
		order.sort(Comparator.comparing((i) -> group.apply(i).toString()));
		Draw draw = new Draw(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
		Set<Object> groups = new HashSet<>();
		double dueTest = 0.5;
		double dueValidation = 0.5;
		for (int i : order) {
			dueTest += test;
			dueValidation += validation;
			if (groups.add(group.apply(i))) {
				draw.training.add(i);
			}
			else if (dueTest >= 1 && test > 0) {
				draw.test.add(i);
				dueTest--;
			}
			else if (dueValidation >= 1 && validation > 0) {
				draw.validation.add(i);
				dueValidation--;
			}
			else {
				draw.training.add(i);
			}
		}
		if (draw.validation.isEmpty() && validation > 0 && draw.training.size() > groups.size()) {
			draw.validation.add(draw.training.remove(draw.training.size() - 1));
		}
		return draw;
	}

}
