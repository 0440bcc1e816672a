package io.unfold.task.forecasting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.unfold.nn.network.SequenceNetwork;
import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.PredictRequest;
import io.unfold.task.Predicting;
import org.jspecify.annotations.Nullable;

/** A trained forecaster. */
public final class Forecaster implements Predicting {

	/** Steps of paths, over all contexts, that intervals of one request may take. */
	private static final long MOST_DRAWN = 20_000_000;

	private final Forecasting task;

	private final Fitted fitted;

	private final FreeRun network;

	Forecaster(Forecasting task, Fitted fitted, SequenceNetwork network) {
		this.task = task;
		this.fitted = fitted;
		this.network = new FreeRun(task, network);
	}

	@Override
	public List<Prediction> predict(PredictRequest request) {
		request.requireOnly(Forecasting.TYPE,
				Set.of("context", "contexts", "horizon", "future", "futures", "series", "level"));
		Contexts contexts = new Contexts(this.task, this.fitted, request);
		int horizon = contexts.horizon();
		Double level = level(request);
		List<FreeRun.Origin> origins = contexts.origins();
		if (level != null && (long) origins.size() * horizon * FreeRun.PATHS > MOST_DRAWN) {
			throw new InvalidRequestException("/horizon",
					"times the number of contexts must be at most " + MOST_DRAWN / FreeRun.PATHS
							+ " where intervals are given; send fewer contexts, or a shorter horizon");
		}
		List<Prediction> predictions = new ArrayList<>();
		for (FreeRun.Forecast forecast : this.network.run(origins, horizon, level)) {
			predictions.add(prediction(forecast, predictions.size()));
		}
		return predictions;
	}

	private @Nullable Double level(PredictRequest request) {
		if (request.level() == null) {
			return this.task.level();
		}
		if (this.task.level() == null) {
			throw new InvalidRequestException("/level",
					"is not for this model, which gives no intervals: train one with 'level' in its task");
		}
		try {
			Forecasting.requireLevel("level", request.level());
		}
		catch (InvalidFieldException ex) {
			throw new InvalidRequestException("/level", String.valueOf(ex.getMessage()));
		}
		return request.level();
	}

	private static Prediction prediction(FreeRun.Forecast forecast, int context) {
		for (int h = 0; h < forecast.values().length; h++) {
			if (!isFinite(forecast.values()[h]) || (forecast.lower() != null && !isFinite(forecast.lower()[h]))
					|| (forecast.upper() != null && !isFinite(forecast.upper()[h]))) {
				throw new InvalidRequestException("/horizon", "the forecast from context " + context
						+ " leaves all bounds after " + h + " steps; ask for a shorter horizon");
			}
		}
		return new Prediction(forecast.values(), forecast.lower(), forecast.upper());
	}

	private static boolean isFinite(double[] values) {
		return Arrays.stream(values).allMatch(Double::isFinite);
	}

	/**
	 * A forecast; [horizon][target], in the order of the task's target.
	 *
	 * @param lower limit of the interval that holds a value with the probability that was
	 * asked for; null where the model gives none
	 * @param upper the same
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Prediction(double[][] forecast, double @Nullable [][] lower, double @Nullable [][] upper) {
	}

}
