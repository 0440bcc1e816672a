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
import io.unfold.problem.web.ProblemType;
import io.unfold.problem.web.Problems;
import io.unfold.task.captioning.Captioner;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Captioning over HTTP. */
@RestController
@Tag(name = "Inference", description = "Answers from trained models.")
class CaptionController {

	private final Predictors predictors;

	private final InferencePool pool;

	CaptionController(Predictors predictors, InferencePool pool) {
		this.predictors = predictors;
		this.pool = pool;
	}

	@PostMapping("/api/v1/models/{ref}/caption")
	@Operation(operationId = "caption", summary = "Write about feature vectors",
			description = """
					Writes a text about each feature vector, by beam search; a `beamWidth` of 1 is greedy search. `alternatives` \
					adds the next best ones. `score` is the mean log-probability per token. The example asks the model that an \
					example of `POST /api/v1/training-jobs` trains: its features are the pixels of a drawn scene.""",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true,
					content = @Content(examples = @ExampleObject(name = "captioning", value = Examples.CAPTION))))
	@Problems({ ProblemType.MALFORMED_REQUEST, ProblemType.NOT_FOUND, ProblemType.CONFLICT, ProblemType.TOO_LARGE,
			ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.INVALID_REQUEST, ProblemType.TOO_MANY_REQUESTS })
	CaptionResponse caption(@Parameter(description = "`name` (its latest version), `name:version` or `name@alias`",
			example = Examples.CAPTIONER) @PathVariable String ref, @RequestBody CaptionRequest request) {
		Predictor<Captioner> predictor = this.predictors.get(ref, Captioner.class, "captions");
		List<Caption> captions = this.pool
			.run(() -> predictor.task().caption(request.features(), request.beamWidth(), request.maxLength()))
			.stream()
			.map((found) -> Caption.of(found, request.alternatives()))
			.toList();
		return new CaptionResponse(predictor.model(), predictor.version(), captions);
	}

	/**
	 * @param model name of the model that answered
	 * @param version its version
	 * @param captions in the order of the request's feature vectors
	 */
	record CaptionResponse(String model, int version, List<Caption> captions) {
	}

}
