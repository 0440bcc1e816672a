package io.unfold.inference.web;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.unfold.inference.InferencePool;
import io.unfold.inference.Predictors;
import io.unfold.inference.Predictors.Predictor;
import io.unfold.problem.web.ProblemType;
import io.unfold.problem.web.Problems;
import io.unfold.task.generation.GenerationRequest;
import io.unfold.task.generation.Generator;
import io.unfold.task.generation.Writing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Generation over HTTP: whole texts, or token by token. */
@RestController
@Tag(name = "Inference", description = "Answers from trained models.")
class GenerateController {

	private static final String PATH = "/api/v1/models/{ref}/generate";

	/** Tokens that are written before others have their turn. */
	private static final int SLICE = 16;

	/** Seeds that every client's numbers can hold. */
	private static final long SEEDS = 1L << 31;

	private final Predictors predictors;

	private final InferencePool pool;

	private final GenerationStreams streams;

	GenerateController(Predictors predictors, InferencePool pool, GenerationStreams streams) {
		this.predictors = predictors;
		this.pool = pool;
		this.streams = streams;
	}

	@PostMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(operationId = "generate", summary = "Generate text with a language model", description = """
			Goes on from the `prompt`, token by token (`tokens` of the task: characters, words or subwords), until \
			there are `maxTokens`, a `stop` string comes, which is left out, or the model ends the text. \
			`temperature` 0 always takes the likeliest token; `topK` and `topP` leave out what is unlikely. The same \
			`seed` gives the same text; without one the answer says which was drawn. Tokens of the prompt that the \
			model does not know are left out, or read as unknown where it was trained on some.

			With `Accept: text/event-stream` there is an event `token` (`{"text": "..."}`) for each token as it is \
			written, then an event `end` with what the whole answer would be. Text that may be the beginning of a stop \
			string is held back, so a token's `text` may be empty and come with a later one. Close the connection to \
			stop. The example asks the model that an example of `POST /api/v1/training-jobs` trains.""",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true,
					content = @Content(examples = @ExampleObject(name = "generation", value = Examples.GENERATE))))
	@ApiResponse(responseCode = "200", description = "The text, or the events of its tokens",
			content = {
					@Content(mediaType = MediaType.APPLICATION_JSON_VALUE,
							schema = @Schema(implementation = GenerateResponse.class)),
					@Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")) })
	@Problems({ ProblemType.MALFORMED_REQUEST, ProblemType.NOT_FOUND, ProblemType.CONFLICT, ProblemType.TOO_LARGE,
			ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.INVALID_REQUEST, ProblemType.TOO_MANY_REQUESTS })
	GenerateResponse generate(@Parameter(description = "`name` (its latest version), `name:version` or `name@alias`",
			example = Examples.WRITER) @PathVariable String ref, @RequestBody GenerateRequest request) {
		Answer answer = begin(ref, request);
		this.pool.runInSlices(() -> {
			for (int i = 0; i < SLICE && !answer.writing().hasEnded(); i++) {
				if (answer.writing().isReading()) {
					answer.writing().read();
					return true;
				}
				answer.writing().write();
			}
			return !answer.writing().hasEnded();
		});
		return answer.response();
	}

	@PostMapping(path = PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	@Hidden
	void stream(@PathVariable String ref, @RequestBody GenerateRequest body, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		Answer answer = begin(ref, body);
		// a full queue is told while there is still a status to tell it with
		this.pool.run(() -> answer);
		this.streams.open(answer, request, response);
	}

	private Answer begin(String ref, GenerateRequest request) {
		Predictor<Generator> predictor = this.predictors.get(ref, Generator.class, "generates");
		GenerationRequest generation = request.withSeed(ThreadLocalRandom.current().nextLong(SEEDS));
		return new Answer(predictor.model(), predictor.version(), generation.seed(),
				predictor.task().write(generation));
	}

	/** A text that is being written, and who writes it. */
	record Answer(String model, int version, long seed, Writing writing) {

		GenerateResponse response() {
			return new GenerateResponse(this.model, this.version, this.writing.text(), this.writing.reason(),
					this.writing.tokens(), this.seed);
		}

	}

}
