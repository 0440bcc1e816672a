package io.unfold.task.forecasting;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.unfold.data.Differencing;
import io.unfold.data.Normalizer;
import io.unfold.data.NumberTable;
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
		Differencing differences = task.differences();
		Map<String, SeriesTransform> transforms = new LinkedHashMap<>();
		Scaling.Fitter covariates = task.scaling().fitter(columns - targets);
		series.forEach((one, trained) -> {
			Scaling.Fitter fitter = task.scaling().fitter(targets);
			one.inPieces(differences.lost(), trained, targets, (from, rows) -> {
				for (double[] row : differences.apply(rows)) {
					fitter.add(row);
				}
			});
			transforms.put(one.name(), new SeriesTransform(differences, fitter.fit()));
			if (columns > targets) {
				one.inPieces(0, trained, columns, (from, rows) -> {
					for (double[] row : rows) {
						covariates.add(Arrays.copyOfRange(row, targets, columns));
					}
				});
			}
		});
		return new Fitted(transforms, (columns > targets) ? covariates.fit() : null, step);
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
	 * @param to where its rows are added, of the size of the task's features
	 */
	Encoded encode(Forecasting task, Series series, SeriesTransform transform, NumberTable to) {
		Encoded encoded = new Encoded(to, to.size(), task.answers(), transform.lost());
		int width = task.features();
		for (double[] row : series.rows(0, encoded.lost(), width)) {
			to.add(encoded(task, row, null));
		}
		series.inPieces(encoded.lost(), series.length(), width, (from, rows) -> {
			double[][] targets = new double[rows.length][];
			Arrays.setAll(targets, (t) -> Arrays.copyOf(rows[t], task.target().size()));
			double[][] seen = transform.apply(targets);
			for (int t = 0; t < seen.length; t++) {
				to.add(encoded(task, rows[encoded.lost() + t], seen[t]));
			}
		});
		return encoded;
	}

	/**
	 * @param seen the targets; null where differences are not known yet
	 */
	private double[] encoded(Forecasting task, double[] row, double @Nullable [] seen) {
		double[] encoded = new double[task.features()];
		for (int i = 0; seen != null && i < task.answers(); i++) {
			encoded[i] = (float) ((i < seen.length) ? seen[i] : scaled(row[i], i - seen.length));
		}
		known(task, row, encoded);
		return encoded;
	}

	/**
	 * Writes what is known of a row ahead, scaled.
	 * @param row the columns of the task, and what the calendar says
	 * @param encoded [features]
	 */
	void known(Forecasting task, double[] row, double[] encoded) {
		for (int i = task.answers(); i < encoded.length; i++) {
			boolean covariate = i < task.columns().size();
			encoded[i] = (float) (covariate ? scaled(row[i], i - task.target().size()) : row[i]);
		}
	}

	private double scaled(double value, int covariate) {
		if (this.covariates == null) {
			throw new IllegalStateException("the model has no scaling for covariates");
		}
		return this.covariates.apply(covariate, value);
	}

	/**
	 * What is wrong with numbers that are far from those that were trained on.
	 * @param rows of the series
	 */
	@Nullable String tooFar(Forecasting task, Encoded encoded, int rows) {
		List<String> columns = task.columns();
		Encoded.Reading reading = encoded.reading();
		for (int t = 0; t < rows; t++) {
			for (int i = 0; i < columns.size(); i++) {
				if (!Float.isFinite(reading.number(t, i))) {
					return "'" + columns.get(i) + "' is too far from the rows that are trained on to be scaled in row "
							+ (t + 1);
				}
			}
		}
		return null;
	}

}
