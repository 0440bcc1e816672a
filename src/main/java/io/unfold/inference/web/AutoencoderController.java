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
import io.unfold.task.autoencoding.Autoencoder;
import io.unfold.task.autoencoding.Autoencoder.Score;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Codes and anomaly scores over HTTP. */
@RestController
@Tag(name = "Inference", description = "Answers from trained models.")
class AutoencoderController {

	private final Predictors predictors;

	private final InferencePool pool;

	AutoencoderController(Predictors predictors, InferencePool pool) {
		this.predictors = predictors;
		this.pool = pool;
	}

	@PostMapping("/api/v1/models/{ref}/encode")
	@Operation(operationId = "encode", summary = "Encode sequences with an autoencoder",
			description = """
					The code of each sequence: as many numbers from -1 to 1, however long the sequence is, from which the model \
					reconstructs it. Sequences that are alike have codes that are near each other: for search, clustering, or as \
					the features of something else. The example asks the model that an example of `POST /api/v1/training-jobs` \
					trains.""",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true,
					content = @Content(examples = @ExampleObject(name = "autoencoding", value = Examples.ENCODE))))
	@Problems({ ProblemType.MALFORMED_REQUEST, ProblemType.NOT_FOUND, ProblemType.CONFLICT, ProblemType.TOO_LARGE,
			ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.INVALID_REQUEST, ProblemType.TOO_MANY_REQUESTS })
	EncodeResponse encode(@Parameter(description = "`name` (its latest version), `name:version` or `name@alias`",
			example = Examples.AUTOENCODER) @PathVariable String ref, @RequestBody EncodeRequest request) {
		Predictor<Autoencoder> predictor = this.predictors.get(ref, Autoencoder.class, "encodes");
		return new EncodeResponse(predictor.model(), predictor.version(),
				this.pool.run(() -> predictor.task().encode(request.sequences())));
	}

	@PostMapping("/api/v1/models/{ref}/score")
	@Operation(operationId = "score", summary = "Tell how odd sequences are with an autoencoder",
			description = """
					The `error` with which the model reconstructs each sequence from its code: of numbers the root mean squared \
					error in standard deviations of the training data, of tokens the mean negative log-probability in nats. An \
					error above the `threshold`, which was fitted to held-out sequences (`anomalyQuantile` of the task), is an \
					`anomaly`. With `reconstruction` there is also what the model made of each sequence, and `stepErrors` tell \
					where it is odd. The example asks the model that an example of `POST /api/v1/training-jobs` trains: of a \
					cycle of a press, and of one whose force was lost for a moment.""",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true,
					content = @Content(examples = @ExampleObject(name = "autoencoding", value = Examples.SCORE))))
	@Problems({ ProblemType.MALFORMED_REQUEST, ProblemType.NOT_FOUND, ProblemType.CONFLICT, ProblemType.TOO_LARGE,
			ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.INVALID_REQUEST, ProblemType.TOO_MANY_REQUESTS })
	ScoreResponse score(@Parameter(description = "`name` (its latest version), `name:version` or `name@alias`",
			example = Examples.AUTOENCODER) @PathVariable String ref, @RequestBody ScoreRequest request) {
		Predictor<Autoencoder> predictor = this.predictors.get(ref, Autoencoder.class, "reconstructs");
		boolean reconstruction = request.reconstruction() != null && request.reconstruction();
		return new ScoreResponse(predictor.model(), predictor.version(), predictor.task().threshold(),
				this.pool.run(() -> predictor.task().score(request.sequences(), reconstruction)));
	}

	/**
	 * @param model name of the model that answered
	 * @param version its version
	 * @param codes in the order of the request's sequences
	 */
	record EncodeResponse(String model, int version, List<float[]> codes) {
	}

	/**
	 * @param model name of the model that answered
	 * @param version its version
	 * @param threshold the error above which a sequence is an anomaly
	 * @param scores in the order of the request's sequences
	 */
	record ScoreResponse(String model, int version, double threshold, List<Score> scores) {
	}

}
