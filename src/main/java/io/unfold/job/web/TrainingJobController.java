package io.unfold.job.web;

import java.io.IOException;
import java.net.URI;
import java.util.List;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.unfold.job.JobEvents;
import io.unfold.job.JobQueue;
import io.unfold.job.JobRequest;
import io.unfold.job.JobState;
import io.unfold.job.TrainingJob;
import io.unfold.job.TrainingJobs;
import io.unfold.paging.Page;
import io.unfold.problem.web.ProblemType;
import io.unfold.problem.web.Problems;
import io.unfold.problem.web.RequestJson;
import io.unfold.training.EpochMetrics;
import io.unfold.training.Trainer.Estimate;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Training jobs over HTTP. */
@Tag(name = "Training jobs", description = "Networks in training: queued, watched, cancelled.")
@RestController
@RequestMapping("/api/v1/training-jobs")
class TrainingJobController {

	private static final String PATH = "/api/v1/training-jobs/";

	private static final String POLL_SECONDS = "1";

	private final JobQueue queue;

	private final TrainingJobs jobs;

	private final JobEvents events;

	private final EventStreams streams;

	private final RequestJson json;

	TrainingJobController(JobQueue queue, TrainingJobs jobs, JobEvents events, EventStreams streams, RequestJson json) {
		this.queue = queue;
		this.jobs = jobs;
		this.events = events;
		this.streams = streams;
		this.json = json;
	}

	@Operation(operationId = "submitTrainingJob", summary = "Train a network", description = """
			Checks all that can be checked, queues the job and answers at once; `Location` is where to watch it. \
			`network` and `training` may be left out, in whole or in part. With `validateOnly` nothing is queued, and \
			the answer is what training would take. With an `Idempotency-Key` a request can be sent again without \
			fear: for 24 hours the same key and body give the same job.""",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(
					mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = JobRequest.class),
					examples = {
							@ExampleObject(name = "forecasting", summary = "Forecast a year of monthly sales",
									value = Examples.FORECASTING),
							@ExampleObject(name = "forecasting stores",
									summary = "Forecast several stores, with what is known ahead and intervals",
									value = Examples.STORES),
							@ExampleObject(name = "classification", summary = "Tell gestures apart",
									value = Examples.CLASSIFICATION),
							@ExampleObject(name = "regression", summary = "Add two numbers that were marked",
									value = Examples.REGRESSION),
							@ExampleObject(name = "tagging", summary = "Tag cities, dates and airlines",
									value = Examples.TAGGING),
							@ExampleObject(name = "captioning", summary = "Tell what pictures of scenes show",
									value = Examples.CAPTIONING),
							@ExampleObject(name = "translation", summary = "Translate written dates to ISO dates",
									value = Examples.TRANSLATION),
							@ExampleObject(name = "translation-subwords",
									summary = "Translate with subwords and attention, and all that helps",
									value = Examples.TRANSLATION_SUBWORDS),
							@ExampleObject(name = "generation", summary = "Write reports of the weather",
									value = Examples.GENERATION),
							@ExampleObject(name = "autoencoding", summary = "Tell odd cycles of a press from others",
									value = Examples.AUTOENCODING),
							@ExampleObject(name = "inline", summary = "Classify texts that come with the request",
									value = Examples.INLINE) })))
	@ApiResponse(responseCode = "202", description = "Queued",
			headers = { @Header(name = "Location", description = "The job's path"),
					@Header(name = "Retry-After", description = "Seconds until it may be worth asking") },
			content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE,
					schema = @Schema(implementation = JobView.class)))
	@ApiResponse(responseCode = "200", description = "With validateOnly: what training would take",
			content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE,
					schema = @Schema(implementation = Estimate.class)))
	@Problems({ ProblemType.MALFORMED_REQUEST, ProblemType.CONFLICT, ProblemType.TOO_LARGE,
			ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.INVALID_REQUEST, ProblemType.TOO_MANY_REQUESTS })
	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<Object> submit(@RequestBody ObjectNode body,
			@Parameter(description = "Only check the request, and estimate.") @RequestParam(
					defaultValue = "false") boolean validateOnly,
			@Parameter(description = "Marks a request that may be sent again; at most 255 characters.") @RequestHeader(
					name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
		JobRequest request = this.json.read(body, JobRequest.class, "");
		if (validateOnly) {
			return ResponseEntity.ok(this.queue.estimate(request));
		}
		return accepted(this.queue.submit(request, body, idempotencyKey));
	}

	@Operation(operationId = "listTrainingJobs", summary = "List training jobs", description = "The newest first.")
	@Problems(ProblemType.MALFORMED_REQUEST)
	@GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
	Page<JobView> list(
			@Parameter(description = "Only jobs in this state.") @RequestParam(
					required = false) @Nullable JobState state,
			@Parameter(description = "Only jobs for this model.") @RequestParam(
					required = false) @Nullable String model,
			@Parameter(description = "Jobs at most, 1 to 1000.",
					example = "50") @RequestParam(defaultValue = "50") int pageSize,
			@Parameter(description = "The nextPageToken of the page before.") @RequestParam(
					required = false) @Nullable String pageToken) {
		Page.checkSize(pageSize);
		TrainingJobs.Slice slice = this.jobs.slice(state, model, PageToken.read(pageToken), pageSize);
		return new Page<>(slice.jobs().stream().map(this::listed).toList(), PageToken.of(slice.end()));
	}

	@Operation(operationId = "getTrainingJob", summary = "Get a training job",
			description = "State, progress, newest figures; when it has ended, the evaluation or the error. "
					+ "With the `ETag` of the answer before in `If-None-Match`: 304 until something changes.")
	@ApiResponse(responseCode = "200", description = "The job", headers = @Header(name = "ETag"))
	@ApiResponse(responseCode = "304", description = "Nothing has changed", content = @Content)
	@Problems(ProblemType.NOT_FOUND)
	@GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
	@Nullable ResponseEntity<JobView> get(@JobName @PathVariable String id, @Parameter(hidden = true) WebRequest request) {
		TrainingJob job = this.jobs.named(id);
		Integer position = position(job);
		String tag = "\"" + job.version() + ((position != null) ? "-" + position : "") + "\"";
		if (request.checkNotModified(tag)) {
			return null;
		}
		return ResponseEntity.ok().eTag(tag).body(JobView.of(job, position, sent(job)));
	}

	@Operation(operationId = "getTrainingJobMetrics", summary = "Get a job's learning curve",
			description = "The figures of each epoch so far.")
	@Problems(ProblemType.NOT_FOUND)
	@GetMapping(path = "/{id}/metrics", produces = MediaType.APPLICATION_JSON_VALUE)
	Metrics metrics(@JobName @PathVariable String id) {
		return new Metrics(this.jobs.metrics(this.jobs.named(id).id()));
	}

	@Operation(operationId = "watchTrainingJob", summary = "Watch a job",
			description = """
					Server-sent events: `progress`, `metric` (an epoch's figures), `state`, and `end`, after which the stream \
					closes. A client that was cut off sends the `id` of the last event it has as `Last-Event-ID` and gets what it \
					missed, except progress that is out of date; without, the stream begins with the job's first event. 204: there \
					is nothing more to come.""")
	@ApiResponse(responseCode = "200", description = "The events",
			content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
	@ApiResponse(responseCode = "204", description = "The job has ended and the client has its last event",
			content = @Content)
	@Problems({ ProblemType.NOT_FOUND, ProblemType.TOO_MANY_REQUESTS })
	@GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	void events(@JobName @PathVariable String id,
			@Parameter(description = "The last event that the client has.") @RequestHeader(name = "Last-Event-ID",
					required = false) @Nullable String lastEventId,
			HttpServletRequest request, HttpServletResponse response) throws IOException {
		TrainingJob job = this.jobs.named(id);
		long last = lastEvent(lastEventId);
		if (job.state().ended() && this.events.after(job.id(), last, 1).isEmpty()) {
			response.setStatus(HttpStatus.NO_CONTENT.value());
			return;
		}
		this.streams.open(job.id(), last, request, response);
	}

	@Operation(operationId = "cancelTrainingJob", summary = "Cancel a job",
			description = """
					A queued job is CANCELLED at once, a running one is CANCELLING until it has stopped, which takes a mini-batch. \
					Cancelling twice is as good as once; a job that has SUCCEEDED or FAILED cannot be cancelled (409).""")
	@ApiResponse(responseCode = "202", description = "The job as it is now",
			content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE,
					schema = @Schema(implementation = JobView.class)))
	@Problems({ ProblemType.NOT_FOUND, ProblemType.CONFLICT })
	@PostMapping(path = { "/{id}:cancel", "/{id}/cancel" }, produces = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<Object> cancel(@JobName @PathVariable String id) {
		return accepted(this.queue.cancel(this.jobs.named(id).id()));
	}

	@Operation(operationId = "deleteTrainingJob", summary = "Delete an ended job",
			description = "Removes the job and its curve. The model that it published stays.")
	@ApiResponse(responseCode = "204", description = "Deleted", content = @Content)
	@Problems({ ProblemType.NOT_FOUND, ProblemType.CONFLICT })
	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@JobName @PathVariable String id) {
		this.queue.delete(this.jobs.named(id).id());
	}

	private ResponseEntity<Object> accepted(TrainingJob job) {
		return ResponseEntity.accepted()
			.location(URI.create(PATH + job.id()))
			.header(HttpHeaders.RETRY_AFTER, POLL_SECONDS)
			.body(JobView.of(job, position(job), sent(job)));
	}

	private JobView listed(TrainingJob job) {
		JsonNode request = job.request();
		if (request instanceof ObjectNode object) {
			object.remove("data");
		}
		return JobView.of(job, position(job), request);
	}

	private @Nullable Integer position(TrainingJob job) {
		return (job.state() == JobState.QUEUED) ? this.jobs.queuePosition(job) : null;
	}

	/** The request with its inline examples in their place. */
	private JsonNode sent(TrainingJob job) {
		JsonNode request = job.request();
		if (request.get("data") instanceof ObjectNode data) {
			this.jobs.examples(job.id()).ifPresent((examples) -> data.set("examples", examples));
		}
		return request;
	}

	/** What is no event's number is taken for none: the stream begins anew. */
	private static long lastEvent(@Nullable String header) {
		try {
			return (header != null) ? Math.max(Long.parseLong(header.trim()), 0) : 0;
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

	/**
	 * @param items the figures of each epoch, in order
	 */
	@Schema(name = "TrainingJobMetrics")
	record Metrics(@ArraySchema(schema = @Schema(implementation = EpochMetrics.class)) List<JsonNode> items) {
	}

}
