package io.unfold.task;

import java.util.List;

/** A trained model that answers each input with a prediction. */
public interface Predicting extends TrainedTask {

	/**
	 * Predictions, in the order of the inputs, as records that are sent as JSON.
	 * @throws io.unfold.problem.InvalidRequestException with pointers into the request
	 */
	List<? extends Object> predict(PredictRequest request);

}
