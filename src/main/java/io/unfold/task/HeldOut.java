package io.unfold.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * Examples that are not trained on, and to which nothing is fitted: a share of the
 * dataset, or a dataset of their own.
 *
 * @param fraction share of the examples; null where a dataset is given
 * @param order which examples are held out: drawn by the seed ({@code random}), or the
 * last ones ({@code time}); null takes what suits the task
 * @param orderBy field of the examples by which they are last, a number or a text such as
 * an ISO 8601 date; null takes their order in the dataset
 * @param by field of the examples that tells what they are of: a patient, a machine. All
 * examples of one are in the same part, drawn by the seed. Null: each stands for itself
 * @param dataset id or name of the dataset that is held out, all of it; of series it has
 * the rows that come after those of the dataset. Null where a fraction is given
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HeldOut(@Nullable Double fraction, @Nullable Order order, @Nullable String orderBy, @Nullable String by,
		@Nullable String dataset) {

	public HeldOut {
		if (dataset != null) {
			if (fraction != null || order != null || orderBy != null || by != null) {
				throw new InvalidFieldException("dataset", "is held out as it is: leave out "
						+ ((fraction != null) ? "fraction" : (by != null) ? "by" : "order and orderBy"));
			}
		}
		else if (fraction == null) {
			throw new InvalidFieldException("fraction", "is missing: the share to hold out, unless 'dataset' is given");
		}
		else {
			InvalidFieldException.requireBetween("fraction", fraction, 0.001, 0.9);
		}
		if (by != null && (order != null || orderBy != null)) {
			throw new InvalidFieldException("by", "draws by the seed: leave out order and orderBy, or by");
		}
		if (orderBy != null && order == Order.RANDOM) {
			throw new InvalidFieldException("orderBy", "needs \"order\": \"time\"");
		}
	}

	/** A share, held out as suits the task. */
	@JsonCreator(mode = JsonCreator.Mode.DISABLED)
	public HeldOut(double fraction) {
		this(fraction, null, null, null, null);
	}

	/** Share of the dataset; 0 where another dataset is held out. */
	public double share() {
		return (this.fraction != null) ? this.fraction : 0;
	}

	/** Whether it says how a share is held out. */
	boolean saysHow() {
		return this.order != null || this.orderBy != null || this.by != null;
	}

	/** Whether the last examples are asked for. */
	boolean inTime() {
		return this.order == Order.TIME || this.orderBy != null;
	}

	/**
	 * Checks that two parts of one dataset are held out alike: otherwise one would leak
	 * what the other is to keep apart.
	 */
	public static void requireAlike(HeldOut validation, @Nullable HeldOut test) {
		if (test != null && test.dataset == null && validation.dataset == null && test.saysHow() && validation.saysHow()
				&& !test.withFraction(0.5).equals(validation.withFraction(0.5))) {
			throw new InvalidFieldException("test",
					"must be held out as validation is: with the same order, orderBy and by, or none of them");
		}
	}

	private HeldOut withFraction(double other) {
		return new HeldOut(other, this.order, this.orderBy, this.by, null);
	}

	/** Which examples of a dataset are held out. */
	public enum Order {

		@JsonProperty("random")
		RANDOM,

		@JsonProperty("time")
		TIME

	}

}
