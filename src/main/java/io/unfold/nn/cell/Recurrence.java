package io.unfold.nn.cell;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * How a cell's state comes back to it: the ways to long-term dependencies that go with
 * any cell. Steps are counted row by row, without padding; before the first one the state
 * is zero, or the one that is given.
 *
 * @param leak leaky units: with c_t for what the cell makes of the step, h_t = (1 - leak)
 * h_(t-delay) + leak c_t, so that h has a time constant of about 1 / leak steps (Mozer
 * 1992; Jaeger et al. 2007, doi:10.1016/j.neunet.2007.04.016). In ]0, 1], by default 1:
 * none
 * @param delay removed length-one connections: the cell's state is that of so many steps
 * ago, in place of the last step's (El Hihi and Bengio 1996; for any cell: Chang et al.
 * 2017, arXiv:1710.02224). By default 1
 * @param skip skip connections through time: h of so many steps ago is another input of
 * the cell, with weights of its own, beside the state of {@code delay} steps ago (Lin et
 * al. 1996, doi:10.1109/72.548162). More than delay; null: none
 * @param dropout recurrent dropout: the probability with which an element of h is hidden
 * from the products with the recurrent weights, drawn once for a row of a mini-batch and
 * the same at all its steps; what is not hidden is divided by 1 - dropout (Gal and
 * Ghahramani 2016, arXiv:1512.05287). In training only; by default 0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Recurrence(double leak, int delay, @Nullable Integer skip, double dropout) {

	/** The state of the last step, as it is. */
	public static final Recurrence PLAIN = new Recurrence(1, 1, null, 0);

	private static final int MAX_STEPS = 1000;

	public Recurrence {
		InvalidFieldException.requireBetween("leak", leak, 1e-6, 1.0);
		InvalidFieldException.requireBetween("delay", delay, 1, MAX_STEPS);
		InvalidFieldException.requireBetween("dropout", dropout, 0.0, 0.95);
		if (skip != null) {
			InvalidFieldException.requireBetween("skip", skip, delay + 1, MAX_STEPS + 1);
		}
	}

	@JsonCreator
	static Recurrence from(@Nullable Double leak, @Nullable Integer delay, @Nullable Integer skip,
			@Nullable Double dropout) {
		return new Recurrence((leak != null) ? leak : 1, (delay != null) ? delay : 1, skip,
				(dropout != null) ? dropout : 0);
	}

	/** The states that go from step to step: those of so many of the last steps. */
	int window() {
		return (this.skip != null) ? this.skip : this.delay;
	}

}
