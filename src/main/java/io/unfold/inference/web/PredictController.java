package io.unfold.inference.web;

import java.util.List;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.unfold.inference.InferencePool;
import io.unfold.inference.Predictors;
import io.unfold.inference.Predictors.Predictor;
import io.unfold.task.PredictRequest;
import io.unfold.task.Predicting;
import io.unfold.problem.web.ProblemType;
import io.unfold.problem.web.Problems;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Classification, regression, tagging and forecasting over HTTP. */
@RestController
@Tag(name = "Inference", description = "Answers from trained models.")
class PredictController {

	private final Predictors predictors;

	private final InferencePool pool;

	PredictController(Predictors predictors, InferencePool pool) {
		this.predictors = predictors;
		this.pool = pool;
	}

	@PostMapping("/api/v1/models/{ref}/predict")
	@Operation(operationId = "predict", summary = "Predict with a model",
			description = """
					A classifier takes `sequences` and answers each with its label, a regression model with its value (or a value \
					for every step), and a tagger with a tag for every step; where it was sent a text, it says what the steps are \
					(`tokens`). A forecaster takes a `context` (or several `contexts`) and answers each with the `horizon` steps \
					that follow; where it was trained with a `level`, with a prediction interval (`lower`, `upper`). Rows of a \
					context are objects, or lists of the targets, past and future covariates (before them the time, where there \
					is one); what is known of the rows to come is sent as `future`, or `futures` for several contexts. The examples \
					ask the models that the examples of `POST /api/v1/training-jobs` train.""",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true,
					content = @Content(examples = { @ExampleObject(name = "forecasting", value = Examples.FORECAST),
							@ExampleObject(name = "forecasting stores", value = Examples.FORECAST_STORES),
							@ExampleObject(name = "classification", value = Examples.CLASSIFY),
							@ExampleObject(name = "regression", value = Examples.REGRESS),
							@ExampleObject(name = "tagging", value = Examples.TAG) })))
	@Problems({ ProblemType.MALFORMED_REQUEST, ProblemType.NOT_FOUND, ProblemType.CONFLICT, ProblemType.TOO_LARGE,
			ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.INVALID_REQUEST, ProblemType.TOO_MANY_REQUESTS })
	PredictResponse predict(
			@Parameter(description = "`name` (its latest version), `name:version` or `name@alias`",
					examples = { @ExampleObject(name = "forecasting", value = Examples.FORECASTER),
							@ExampleObject(name = "forecasting stores", value = Examples.STORE_FORECASTER),
							@ExampleObject(name = "classification", value = Examples.CLASSIFIER),
							@ExampleObject(name = "regression", value = Examples.REGRESSOR),
							@ExampleObject(name = "tagging", value = Examples.TAGGER) }) @PathVariable String ref,
			@RequestBody PredictRequest request) {
		Predictor<Predicting> predictor = this.predictors.get(ref, Predicting.class, "predicts");
		return new PredictResponse(predictor.model(), predictor.version(),
				this.pool.run(() -> predictor.task().predict(request)));
	}

	/**
	 * @param model name of the model that answered
	 * @param version its version
	 * @param predictions in the order of the request's sequences or contexts
	 */
	record PredictResponse(String model, int version, List<? extends Object> predictions) {
	}

}
