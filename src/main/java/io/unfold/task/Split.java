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

import org.jspecify.annotations.Nullable;

/**
 * Which examples are held out.
 *
 * @param validation share of the examples that watches training
 * @param test share of the examples that is kept for the evaluation alone; null: none
 * @param seed by which examples that have no order in time are drawn
 */
public record Split(double validation, @Nullable Double test, long seed) {

	/**
	 * Splits a series in time: what comes last is held out, the test after the validation
	 * part.
	 * @param n steps
	 */
	public Parts inTime(int n) {
		int tests = (this.test != null) ? share(n, this.test) : 0;
		int validations = share(n, this.validation);
		int first = Math.max(0, n - tests - validations);
		return new Parts(range(0, first), range(first, n - tests), range(n - tests, n));
	}

	private static int share(int n, double share) {
		return (n < 2) ? 0 : Math.max(1, (int) Math.round(n * share));
	}

	private static int[] range(int from, int to) {
		return IntStream.range(from, Math.max(from, to)).toArray();
	}

	/**
	 * Draws examples by the seed, each group in proportion; the first of a group is
	 * always trained on.
	 * @param n examples
	 * @param group of an example
	 */
	public Parts drawn(int n, IntFunction<? extends Object> group) {
		List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
		Collections.shuffle(order, new Random(this.seed));
		order.sort(Comparator.comparing((i) -> group.apply(i).toString()));
		List<Integer> training = new ArrayList<>();
		List<Integer> validations = new ArrayList<>();
		List<Integer> tests = new ArrayList<>();
		Set<Object> groups = new HashSet<>();
		double dueTest = 0.5;
		double dueValidation = 0.5;
		for (int i : order) {
			dueTest += (this.test != null) ? this.test : 0;
			dueValidation += this.validation;
			if (groups.add(group.apply(i))) {
				training.add(i);
			}
			else if (dueTest >= 1 && this.test != null) {
				tests.add(i);
				dueTest--;
			}
			else if (dueValidation >= 1) {
				validations.add(i);
				dueValidation--;
			}
			else {
				training.add(i);
			}
		}
		if (validations.isEmpty() && training.size() > groups.size()) {
			validations.add(training.remove(training.size() - 1));
		}
		return new Parts(array(training), array(validations), array(tests));
	}

	private static int[] array(List<Integer> indices) {
		return indices.stream().mapToInt(Integer::intValue).sorted().toArray();
	}

	/**
	 * Numbers of the examples in each part, ascending.
	 */
	public record Parts(int[] training, int[] validation, int[] test) {

		/** The part that the evaluation is made on: the test part where there is one. */
		public int[] evaluation() {
			return (this.test.length > 0) ? this.test : this.validation;
		}

		/** The name of that part. */
		public String evaluationName() {
			return (this.test.length > 0) ? "test" : "validation";
		}

	}

}
