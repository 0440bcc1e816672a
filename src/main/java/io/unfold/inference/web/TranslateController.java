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
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.translation.Translator;
import io.unfold.problem.web.ProblemType;
import io.unfold.problem.web.Problems;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Translation over HTTP. */
@RestController
@Tag(name = "Inference", description = "Answers from trained models.")
class TranslateController {

	private final Predictors predictors;

	private final InferencePool pool;

	TranslateController(Predictors predictors, InferencePool pool) {
		this.predictors = predictors;
		this.pool = pool;
	}

	@PostMapping("/api/v1/models/{ref}/translate")
	@Operation(operationId = "translate", summary = "Translate with an encoder-decoder",
			description = """
					Writes the target of each text, by beam search; a `beamWidth` of 1 is greedy search. `alternatives` adds \
					the next best ones. `score` is the mean log-probability per token. Of a model with attention, `alignment` \
					tells for each of the `targetTokens` how much it looked at each of the `sourceTokens`, words where the model \
					has subwords, and a word that the model does not know is carried over from the text. A `glossary` prescribes \
					translations of terms, which come out to the letter; with attention they come where they belong. The examples \
					ask the model that an example of `POST /api/v1/training-jobs` trains.""",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true,
					content = @Content(examples = { @ExampleObject(name = "translation", value = Examples.TRANSLATE),
							@ExampleObject(name = "glossary", value = Examples.TRANSLATE_WITH_GLOSSARY) })))
	@Problems({ ProblemType.MALFORMED_REQUEST, ProblemType.NOT_FOUND, ProblemType.CONFLICT, ProblemType.TOO_LARGE,
			ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.INVALID_REQUEST, ProblemType.TOO_MANY_REQUESTS })
	TranslateResponse translate(@Parameter(description = "`name` (its latest version), `name:version` or `name@alias`",
			example = Examples.TRANSLATOR) @PathVariable String ref, @RequestBody TranslateRequest request) {
		Predictor<Translator> predictor = this.predictors.get(ref, Translator.class, "translates");
		if (request.alignment() && !predictor.task().aligns()) {
			throw new InvalidRequestException("/alignment",
					"cannot be true: this model has no attention to align tokens by; train one with 'attention' in its network");
		}
		List<Translation> translations = this.pool
			.run(() -> predictor.task().translate(request.texts(), request.options(predictor.task().beamWidth())))
			.stream()
			.map((found) -> Translation.of(found, request.alternatives(), request.alignment()))
			.toList();
		return new TranslateResponse(predictor.model(), predictor.version(), translations);
	}

	/**
	 * @param model name of the model that answered
	 * @param version its version
	 * @param translations in the order of the request's texts
	 */
	record TranslateResponse(String model, int version, List<Translation> translations) {
	}

}
