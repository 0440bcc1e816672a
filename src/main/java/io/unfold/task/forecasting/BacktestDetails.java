package io.unfold.task.forecasting;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a back-test says beside the figures of all forecasts.
 *
 * @param stride rows from one origin to the next
 * @param baselines naive forecasts from the same origins
 * @param steps figures by step of the horizon; some of them where it is long
 * @param targets figures by target, where there are several
 * @param series figures by series, where there are several: those with the largest errors
 * @param tooShort names of series that were left out, as they have too few rows to be
 * learned from, or only held-out ones; some of them where they are many
 * @param filledRows rows that were filled in
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record BacktestDetails(int stride, List<Naive> baselines, List<Step> steps, Map<String, Map<String, Double>> targets,
		Map<String, Map<String, Double>> series, List<String> tooShort, @Nullable Integer filledRows) {

	/**
	 * @param name what is answered
	 * @param skill share of its error that the model does away with; null where it makes
	 * none
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Naive(String name, Map<String, Double> metrics, @Nullable Double skill) {
	}

	/**
	 * @param step steps ahead, from 1
	 */
	record Step(int step, Map<String, Double> metrics) {
	}

}
