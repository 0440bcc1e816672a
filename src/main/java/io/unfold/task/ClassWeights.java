package io.unfold.task;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
import org.jspecify.annotations.Nullable;

/**
 * What errors of each class weigh in the loss. The weights are scaled so that those of
 * the training part have a mean of 1: a learning rate, a bound on the gradient and a loss
 * mean what they mean without.
 *
 * @param byClass weights by label; a label that is not among them has 1. Empty: balanced
 */
public record ClassWeights(Map<String, Double> byClass) {

	private static final String POINTER = "/training/classWeights";

	private static final String BALANCED = "balanced";

	public ClassWeights {
		byClass = Map.copyOf(byClass);
	}

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	static ClassWeights named(String name) {
		if (!name.equals(BALANCED)) {
			throw invalid("must be \"" + BALANCED + "\", or weights by label");
		}
		return new ClassWeights(Map.of());
	}

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	static ClassWeights of(Map<String, @Nullable Double> byClass) {
		if (byClass.isEmpty()) {
			throw invalid("must have the weight of one label at least");
		}
		Map<String, Double> weights = new LinkedHashMap<>();
		byClass.forEach((label, weight) -> {
			if (weight == null) {
				throw new InvalidFieldException(escaped(label), "must be a number");
			}
			weights.put(label, InvalidFieldException.requireBetween(escaped(label), weight, 0.0, 1e6));
		});
		return new ClassWeights(weights);
	}

	private static InvalidRequestException invalid(String detail) {
		return new InvalidRequestException(new Violation(null, null, null, detail));
	}

	/** A label as a JSON pointer has it (RFC 6901). */
	private static String escaped(String label) {
		return label.replace("~", "~0").replace("/", "~1");
	}

	@JsonValue
	Object json() {
		return this.byClass.isEmpty() ? BALANCED : this.byClass;
	}

	/**
	 * The weights of a task's classes.
	 * @param classes labels
	 * @param counts how often each occurs in the training part
	 * @throws InvalidRequestException when there is a weight for what is no class
	 */
	public List<Double> of(List<String> classes, long[] counts) {
		for (String label : this.byClass.keySet()) {
			if (!classes.contains(label)) {
				throw new InvalidRequestException(POINTER + "/" + escaped(label),
						"is not a label: there are " + shown(classes));
			}
		}
		double[] weights = new double[classes.size()];
		double sum = 0;
		long total = 0;
		for (int k = 0; k < weights.length; k++) {
			double balanced = (counts[k] > 0) ? 1.0 / counts[k] : 0;
			weights[k] = this.byClass.isEmpty() ? balanced : this.byClass.getOrDefault(classes.get(k), 1.0);
			sum += weights[k] * counts[k];
			total += counts[k];
		}
		if (sum <= 0) {
			throw new InvalidRequestException(POINTER,
					"leaves nothing to learn: a label that occurs must weigh something");
		}
		double scale = total / sum;
		return Arrays.stream(weights).map((weight) -> weight * scale).boxed().toList();
	}

	private static String shown(List<String> classes) {
		return String.join(", ", classes.subList(0, Math.min(20, classes.size())))
				+ ((classes.size() > 20) ? " ..." : "");
	}

	/** What a task without classes says to them. */
	static InvalidRequestException refused() {
		return new InvalidRequestException(POINTER,
				"is for tasks that answer with one of several labels, classification and tagging: leave it out");
	}

	/** What networks say to them that are trained in closed form. */
	public static InvalidRequestException refusedByReservoirs() {
		return new InvalidRequestException(POINTER,
				"cannot be used with reservoirs, whose readout is found in closed form: leave it out");
	}

}
