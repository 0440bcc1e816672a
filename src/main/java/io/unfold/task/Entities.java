package io.unfold.task;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What examples are of, in an order drawn by a seed, until it is in a part. */
final class Entities {

	/** The numbers of each entity's examples. */
	private final List<List<Integer>> left;

	/**
	 * @param names what each example is of
	 */
	Entities(List<String> names, long seed) {
		Map<String, List<Integer>> byName = new LinkedHashMap<>();
		for (int i = 0; i < names.size(); i++) {
			byName.computeIfAbsent(names.get(i), (name) -> new ArrayList<>()).add(i);
		}
		this.left = new ArrayList<>(byName.values());
		Collections.shuffle(this.left, new Random(seed));
	}

	/** How many are left. */
	int left() {
		return this.left.size();
	}

	/** The examples of all that are left. */
	List<Integer> rest() {
		return this.left.stream().flatMap(List::stream).toList();
	}

	/**
	 * Takes entities away, as long as they bring the part closer to its share.
	 * @param due examples that they should have
	 * @param least entities that must be left
	 * @return their examples
	 */
	List<Integer> take(double due, int least) {
		List<Integer> taken = new ArrayList<>();
		for (int i = 0; i < this.left.size() && this.left.size() > least && due > 0;) {
			int size = this.left.get(i).size();
			if (Math.abs(taken.size() + size - due) < Math.abs(taken.size() - due)) {
				taken.addAll(this.left.remove(i));
			}
			else {
				i++;
			}
		}
		if (taken.isEmpty() && due > 0) {
			taken.addAll(this.left.remove(
					this.left.indexOf(Collections.min(this.left, Comparator.comparingInt((entity) -> entity.size())))));
		}
		return taken;
	}

}
