package io.unfold.task.regression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.unfold.data.Normalizer;
import io.unfold.task.PredictRequest;
import io.unfold.task.Predicting;
import io.unfold.task.sequence.SequenceEncoder.Encoded;
import io.unfold.task.sequence.SequenceModel;
import io.unfold.task.sequence.SequenceRecords;

/** A trained regression model. */
public final class Regressor implements Predicting {

	private final Normalizer scale;

	private final boolean list;

	private final SequenceModel model;

	/**
	 * @param scale of the targets
	 * @param list whether a step's answer is a list of numbers, rather than a number
	 */
	Regressor(Normalizer scale, boolean list, SequenceModel model) {
		this.scale = scale;
		this.list = list;
		this.model = model;
	}

	@Override
	public List<Prediction> predict(PredictRequest request) {
		request.requireOnly(Regression.TYPE, Set.of("sequences"));
		return this.model.answer(SequenceRecords.sequences(request))
			.stream()
			.map((answer) -> new Prediction(value(undo(answer))))
			.toList();
	}

	/**
	 * Answers in the targets' own unit.
	 * @return [sequence][step][size]
	 */
	List<double[][]> values(List<Encoded> sequences) {
		return this.model.run(sequences).stream().map(this::undo).toList();
	}

	private double[][] undo(float[][] answer) {
		double[][] values = new double[answer.length][this.scale.features()];
		for (int t = 0; t < values.length; t++) {
			for (int k = 0; k < values[t].length; k++) {
				values[t][k] = this.scale.undo(k, answer[t][k]);
			}
		}
		return values;
	}

	/** Numbers in the form that the targets had. */
	private Object value(double[][] values) {
		List<Object> steps = new ArrayList<>(values.length);
		for (double[] step : values) {
			steps.add(this.list ? step : (Object) step[0]);
		}
		return this.model.output().everyStep() ? steps : steps.get(0);
	}

	/**
	 * @param value a number or a list of numbers, as the targets were; a list of them
	 * where every step is answered
	 */
	public record Prediction(Object value) {
	}

}
