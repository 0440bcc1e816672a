package io.unfold.task.forecasting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.unfold.data.SeriesTransform;
import io.unfold.nn.network.SequenceNetwork;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.State;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.PredictRequest;
import io.unfold.task.Predicting;
import io.unfold.task.sequence.NumberEncoder;
import tools.jackson.databind.JsonNode;

/** A trained forecaster. */
public final class Forecaster implements Predicting {

	private static final int MOST_ROWS = 64;

	private final Forecasting task;

	private final SeriesTransform transform;

	private final SequenceNetwork network;

	Forecaster(Forecasting task, SeriesTransform transform, SequenceNetwork network) {
		this.task = task;
		this.transform = transform;
		this.network = network;
	}

	@Override
	public List<Prediction> predict(PredictRequest request) {
		request.requireOnly(Forecasting.TYPE, Set.of("context", "contexts", "horizon"));
		int horizon = (request.horizon() != null) ? request.horizon() : this.task.horizon();
		if (horizon < 1 || horizon > Forecasting.MAX_HORIZON) {
			throw new InvalidRequestException("/horizon",
					"must be between 1 and " + Forecasting.MAX_HORIZON + ", but is " + horizon);
		}
		List<Prediction> predictions = new ArrayList<>();
		List<double[][]> contexts = contexts(request);
		for (int from = 0; from < contexts.size(); from += MOST_ROWS) {
			for (double[][] forecast : forecast(contexts.subList(from, Math.min(contexts.size(), from + MOST_ROWS)),
					horizon)) {
				predictions.add(prediction(forecast, predictions.size()));
			}
		}
		return predictions;
	}

	private List<double[][]> contexts(PredictRequest request) {
		if ((request.context() == null) == (request.contexts() == null)) {
			throw new InvalidRequestException("/context", "send either 'context' or 'contexts'");
		}
		List<double[][]> contexts = new ArrayList<>();
		if (request.context() != null) {
			contexts.add(context(request.context(), "/context"));
		}
		else {
			for (JsonNode context : PredictRequest.list(request.contexts(), "/contexts", "contexts")) {
				contexts.add(context(context, "/contexts/" + contexts.size()));
			}
		}
		return contexts;
	}

	/**
	 * The last rows of a context: as many as the model was trained on, or fewer where
	 * there are fewer.
	 */
	private double[][] context(JsonNode node, String pointer) {
		double[][] rows = Rows.parse(node, this.task.target(), pointer);
		int least = this.transform.lost() + 1;
		if (rows.length < least) {
			throw new InvalidRequestException(pointer, "has " + rows.length + " rows: at least " + least
					+ " are needed, and " + this.task.context() + " are best");
		}
		for (int t = 0; t < rows.length; t++) {
			for (int v = 0; v < rows[t].length; v++) {
				if (this.task.log() && rows[t][v] <= 0) {
					throw new InvalidRequestException(pointer + "/" + t,
							"must be above 0, as this model forecasts logarithms");
				}
			}
		}
		return Arrays.copyOfRange(rows, Math.max(0, rows.length - this.task.context()), rows.length);
	}

	private static Prediction prediction(double[][] forecast, int context) {
		for (int h = 0; h < forecast.length; h++) {
			for (double value : forecast[h]) {
				if (!Double.isFinite(value)) {
					throw new InvalidRequestException("/horizon", "the forecast from context " + context
							+ " leaves all bounds after " + h + " steps; ask for a shorter horizon");
				}
			}
		}
		return new Prediction(forecast);
	}

	/**
	 * Runs freely: the network reads its own forecasts.
	 * @param contexts each [time][variable], at least one row more than the differencing
	 * takes
	 * @return for each context its forecast; [horizon][variable]
	 */
	List<double[][]> forecast(List<double[][]> contexts, int horizon) {
		int batch = contexts.size();
		int variables = this.task.target().size();
		List<SeriesTransform.Continuation> series = contexts.stream().map(this.transform::continuing).toList();
		Sequences.Values inputs = NumberEncoder
			.pack(contexts.stream().map((context) -> floats(this.transform.apply(context))).toList());
		SequenceNetwork.Result result = this.network.run(inputs, this.network.initialState(batch));
		List<double[][]> forecasts = contexts.stream().map((context) -> new double[horizon][]).toList();
		int[] one = new int[batch];
		Arrays.fill(one, 1);
		for (int h = 0; h < horizon; h++) {
			float[] outputs = result.outputs();
			for (int i = 0; i < batch; i++) {
				double[] step = new double[variables];
				for (int v = 0; v < variables; v++) {
					step[v] = outputs[v * batch + i];
				}
				forecasts.get(i)[h] = series.get(i).next(step);
			}
			if (h + 1 < horizon) {
				State state = result.state();
				result = this.network.run(new Sequences.Values(variables, outputs, one), state);
			}
		}
		return forecasts;
	}

	private static float[][] floats(double[][] steps) {
		float[][] floats = new float[steps.length][steps[0].length];
		for (int t = 0; t < steps.length; t++) {
			for (int v = 0; v < steps[t].length; v++) {
				floats[t][v] = (float) steps[t][v];
			}
		}
		return floats;
	}

	/**
	 * @param forecast [horizon][variable], in the order of the task's target
	 */
	public record Prediction(double[][] forecast) {
	}

}
