package io.unfold.task.forecasting;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.unfold.data.Normalizer;
import io.unfold.data.Scaling;
import io.unfold.data.SeriesTransform;
import io.unfold.data.TimeStep;
import io.unfold.nn.network.Output;
import io.unfold.nn.network.SequenceArchitecture;
import io.unfold.nn.network.StackSpec;
import io.unfold.nn.network.StepInput;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is fitted to the training part.
 *
 * @param transforms of the targets, by the name of the series
 * @param covariates scaling of the past and the future covariates, over all series; null
 * where there are none
 * @param step between rows; null where no time is told
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Fitted(Map<String, SeriesTransform> transforms, @Nullable Normalizer covariates, @Nullable TimeStep step) {

	static Fitted read(JsonNode fitted) {
		return JsonMapper.shared().treeToValue(fitted, Fitted.class);
	}

	/**
	 * @param series with the number of rows of each that are trained on, more than the
	 * differencing takes
	 */
	static Fitted fit(Forecasting task, Map<Series, Integer> series, @Nullable TimeStep step) {
		int targets = task.target().size();
		int columns = task.columns().size();
		Map<String, SeriesTransform> transforms = new LinkedHashMap<>();
		Scaling.Fitter fitter = task.scaling().fitter(columns - targets);
		series.forEach((one, trained) -> {
			transforms.put(one.name(),
					SeriesTransform.fit(task.differences(), task.scaling(), one.targets(0, trained, targets)));
			for (int t = 0; t < trained; t++) {
				fitter.add(Arrays.copyOfRange(one.rows()[t], targets, columns));
			}
		});
		return new Fitted(transforms, (columns > targets) ? fitter.fit() : null, step);
	}

	/**
	 * What a model was fitted to before; only series that it does not know have their
	 * own.
	 */
	Fitted keeping(Fitted parent) {
		Map<String, SeriesTransform> all = new LinkedHashMap<>(this.transforms);
		all.putAll(parent.transforms);
		return new Fitted(all, parent.covariates, parent.step);
	}

	SequenceArchitecture architecture(Forecasting task, StackSpec stack) {
		return new SequenceArchitecture(new StepInput.Values(task.features()), stack, (task.level() != null)
				? Output.gaussian(task.answers()) : new Output(Output.Kind.VALUES, task.answers(), false));
	}

	/** That of the targets of a series that was trained on. */
	SeriesTransform transform(String series) {
		SeriesTransform transform = this.transforms.get(series);
		if (transform == null) {
			throw new IllegalArgumentException("no series is named '" + series + "'");
		}
		return transform;
	}

	/**
	 * A series as the network sees it.
	 * @param transform of its targets
	 */
	Encoded encode(Forecasting task, Series series, SeriesTransform transform) {
		double[][] targets = transform.apply(series.targets(0, series.length(), task.target().size()));
		int lost = transform.lost();
		float[][] answers = new float[targets.length][task.answers()];
		float[][] known = new float[series.length()][];
		for (int t = 0; t < series.length(); t++) {
			double[] row = series.rows()[t];
			known[t] = known(task, row, task.answers());
			for (int i = 0; t >= lost && i < task.answers(); i++) {
				answers[t - lost][i] = (float) ((i < task.target().size()) ? targets[t - lost][i]
						: scaled(row[i], i - task.target().size()));
			}
		}
		return new Encoded(answers, known, lost);
	}

	/**
	 * What is known of a row ahead, scaled.
	 * @param row [columns], in which it begins at {@code from}
	 */
	float[] known(Forecasting task, double[] row, int from) {
		float[] known = new float[task.known()];
		for (int i = 0; i < known.length; i++) {
			boolean covariate = i < task.futureCovariates().size();
			known[i] = (float) (covariate ? scaled(row[from + i], task.pastCovariates().size() + i) : row[from + i]);
		}
		return known;
	}

	private double scaled(double value, int covariate) {
		if (this.covariates == null) {
			throw new IllegalStateException("the model has no scaling for covariates");
		}
		return this.covariates.apply(covariate, value);
	}

	/** What is wrong with numbers that are far from those that were trained on. */
	@Nullable String tooFar(Forecasting task, Encoded encoded) {
		List<String> columns = task.columns();
		for (int t = 0; t < encoded.known().length; t++) {
			for (int i = 0; i < columns.size(); i++) {
				boolean answer = i < task.answers();
				float value = !answer ? encoded.known()[t][i - task.answers()]
						: (t >= encoded.lost()) ? encoded.answers()[t - encoded.lost()][i] : 0;
				if (!Float.isFinite(value)) {
					return "'" + columns.get(i) + "' is too far from the rows that are trained on to be scaled in row "
							+ (t + 1);
				}
			}
		}
		return null;
	}

}
