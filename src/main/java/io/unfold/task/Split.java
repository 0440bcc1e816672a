package io.unfold.task;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.unfold.data.DataSource;
import io.unfold.problem.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * Which examples are held out. A task asks either {@link #drawn}, with the examples in
 * the order of the records that it has read (those of the dataset, then those of datasets
 * that are held out), or {@link #inTime}, with what it has read of each {@link #source}.
 */
public final class Split {

	private static final String VALIDATION = "/training/validation";

	private static final String TEST = "/training/test";

	private final HeldOut heldOut;

	private final @Nullable HeldOut heldOutTest;

	private final double validation;

	private final double test;

	private final long seed;

	/** How shares of the dataset are held out. */
	private final HeldOut how;

	/** Where the request says so. */
	private final String pointer;

	private final SplitKeys keys;

	private final int own;

	private final int validations;

	private final int tests;

	/**
	 * Shares of one dataset, held out as suits the task.
	 * @param validation share of the examples that watches training
	 * @param test share of the examples that is kept for the evaluation alone; null: none
	 * @param seed by which examples that have no order in time are drawn
	 */
	public Split(double validation, @Nullable Double test, long seed) {
		this(new HeldOut(validation), (test != null) ? new HeldOut(test) : null, seed, SplitKeys.NONE, -1, 0, 0);
	}

	private Split(HeldOut validation, @Nullable HeldOut test, long seed, SplitKeys keys, int own, int validations,
			int tests) {
		this.heldOut = validation;
		this.heldOutTest = test;
		this.validation = validation.share();
		this.test = (test != null) ? test.share() : 0;
		this.seed = seed;
		this.how = how(validation, test);
		this.pointer = testSaysHow(validation, test) ? TEST : VALIDATION;
		this.keys = keys;
		this.own = own;
		this.validations = validations;
		this.tests = tests;
	}

	/**
	 * A split of a dataset that is read for it, where it has to be.
	 * @param data the dataset
	 * @throws InvalidRequestException with lines of records that lack the field that they
	 * are split by
	 */
	public static Split of(HeldOut validation, @Nullable HeldOut test, long seed, DataSource data) {
		return new Split(validation, test, seed, SplitKeys.read(data, how(validation, test)), -1, 0, 0);
	}

	/**
	 * The same beside datasets that are held out.
	 * @param own records of the dataset
	 * @param validations records held out for validation; 0 where a share is
	 * @param tests records held out for the evaluation; 0 where a share is, or nothing
	 */
	public Split with(int own, int validations, int tests) {
		return new Split(this.heldOut, this.heldOutTest, this.seed, this.keys, own, validations, tests);
	}

	private static HeldOut how(HeldOut validation, @Nullable HeldOut test) {
		return (test != null && testSaysHow(validation, test)) ? test : validation;
	}

	private static boolean testSaysHow(HeldOut validation, @Nullable HeldOut test) {
		return test != null && test.saysHow() && !validation.saysHow();
	}

	/**
	 * How many of the examples are the dataset's own; the others are of datasets that are
	 * held out.
	 * @param n examples
	 */
	public int own(int n) {
		if (this.own >= 0 && this.own + this.validations + this.tests != n) {
			throw new InvalidRequestException(((this.validations > 0) ? VALIDATION : TEST) + "/dataset",
					"cannot be used here: examples of this task are not records of a dataset; hold out a fraction");
		}
		return n - this.validations - this.tests;
	}

	/** Whether there is a part for the evaluation alone. */
	public boolean hasTest() {
		return this.heldOutTest != null;
	}

	/** What a record is of. */
	public enum Source {

		/** The dataset, of which shares may be held out. */
		EXAMPLES,

		/** The dataset that is held out for validation. */
		VALIDATION,

		/** The dataset that is held out for the evaluation. */
		TEST

	}

	/**
	 * What a record is of.
	 * @param record its number, from 0, in the order in which all are read
	 */
	public Source source(int record) {
		return (this.own < 0 || record < this.own) ? Source.EXAMPLES
				: (record < this.own + this.validations) ? Source.VALIDATION : Source.TEST;
	}

	/**
	 * Splits a series in time: what comes last is held out, the test after the validation
	 * part. What datasets that are held out have of the series comes after it.
	 * @param steps that the dataset has of it
	 * @param validating steps that are held out for validation
	 * @param testing steps that are held out for the evaluation
	 */
	public Spans inTime(int steps, int validating, int testing) {
		if (this.how.by() != null) {
			throw new InvalidRequestException(this.pointer + "/by",
					"cannot be used here: the data is split in time, the last steps are held out");
		}
		if (this.how.order() == HeldOut.Order.RANDOM) {
			throw new InvalidRequestException(this.pointer + "/order",
					"must be time here: a model that has seen what comes after would be judged by what it knows");
		}
		if (this.how.orderBy() != null) {
			throw new InvalidRequestException(this.pointer + "/orderBy",
					"cannot be used here: the steps are in the order of the data");
		}
		if (this.heldOut.dataset() != null && this.test > 0) {
			throw new InvalidRequestException(TEST + "/fraction",
					"cannot be held out beside a validation dataset, whose steps come after it: what watches training must come before what judges it; name a test dataset");
		}
		return Spans.of(steps, this.validation, this.test, validating, testing);
	}

	/**
	 * Checks that datasets that are held out have steps of these series.
	 */
	public void requireHeldOut(Collection<Spans> series) {
		if (this.heldOut.dataset() != null && series.stream().allMatch((one) -> one.validation().length() == 0)) {
			throw noneOf(VALIDATION);
		}
		if (this.heldOutTest != null && this.heldOutTest.dataset() != null
				&& series.stream().allMatch((one) -> one.test().length() == 0)) {
			throw noneOf(TEST);
		}
	}

	private static InvalidRequestException noneOf(String pointer) {
		return new InvalidRequestException(pointer + "/dataset", "has no row of a series that is trained on");
	}

	/** What comes last is held out. */
	private Parts lastOf(int[] ordered) {
		int n = ordered.length;
		Spans spans = Spans.of(n, this.validation, this.test, 0, 0);
		return parts(range(ordered, spans.training()), range(ordered, spans.validation()), range(ordered, spans.test()),
				n);
	}

	private static int[] range(int[] ordered, Spans.Span span) {
		int[] range = Arrays.copyOfRange(ordered, span.from(), span.to());
		Arrays.sort(range);
		return range;
	}

	/**
	 * Splits examples that have no order in time, unless the request says that they have:
	 * drawn by the seed, each group in proportion, the first of a group always trained
	 * on; or by what they are of, all of one in the same part; or the last of them.
	 * @param n examples
	 * @param group of an example
	 */
	public Parts drawn(int n, IntFunction<? extends Object> group) {
		int examples = own(n);
		requireRecords(examples);
		if (this.how.by() != null) {
			return byEntity(examples, this.how.by());
		}
		if (this.how.inTime()) {
			return lastOf(IntStream.range(0, examples)
				.boxed()
				.sorted(this.keys.times().isEmpty() ? Comparator.naturalOrder()
						: Comparator.comparing((i) -> this.keys.times().get(i)))
				.mapToInt(Integer::intValue)
				.toArray());
		}
		Draw draw = Draw.of(examples, group, this.validation, this.test, this.seed);
		return parts(draw.training(), draw.validation(), draw.test(), examples);
	}

	private void requireRecords(int examples) {
		int known = Math.max(this.keys.entities().size(), this.keys.times().size());
		if (known > 0 && known != examples) {
			throw new InvalidRequestException(this.pointer + ((this.how.by() != null) ? "/by" : "/orderBy"),
					"cannot be used here: examples of this task are not records of the dataset");
		}
	}

	/** All examples of an entity are in the same part. */
	private Parts byEntity(int n, String field) {
		Entities entities = new Entities(this.keys.entities(), this.seed);
		int parts = 1 + ((this.validation > 0) ? 1 : 0) + ((this.test > 0) ? 1 : 0);
		if (entities.left() < parts) {
			throw new InvalidRequestException(this.pointer + "/by", "there is only " + entities.left() + " value of '"
					+ field + "' for " + parts + " parts: at least one for each is needed");
		}
		List<Integer> testing = entities.take(n * this.test, (this.validation > 0) ? 2 : 1);
		List<Integer> validating = entities.take(n * this.validation, 1);
		return parts(entities.rest(), validating, testing, n);
	}

	/** With the examples of datasets that are held out, which are after the others. */
	private Parts parts(List<Integer> training, List<Integer> validating, List<Integer> testing, int n) {
		return parts(array(training), array(validating), array(testing), n);
	}

	private Parts parts(int[] training, int[] validating, int[] testing, int n) {
		int afterValidation = n + this.validations;
		return new Parts(training,
				IntStream.concat(IntStream.of(validating), IntStream.range(n, afterValidation)).toArray(),
				IntStream.concat(IntStream.of(testing), IntStream.range(afterValidation, afterValidation + this.tests))
					.toArray());
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
