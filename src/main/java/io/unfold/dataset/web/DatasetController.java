package io.unfold.dataset.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.unfold.data.CsvDialect;
import io.unfold.data.DataFormat;
import io.unfold.data.Encoding;
import io.unfold.dataset.Dataset;
import io.unfold.dataset.DatasetPreview;
import io.unfold.dataset.Datasets;
import io.unfold.dataset.Upload;
import io.unfold.paging.Page;
import io.unfold.problem.MalformedRequestException;
import io.unfold.problem.Violation;
import io.unfold.problem.web.ProblemType;
import io.unfold.problem.web.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Datasets over HTTP. */
@Tag(name = "Datasets", description = "Stored data to train on; immutable, named, hashed. Some come with the service.")
@RestController
@RequestMapping("/api/v1/datasets")
class DatasetController {

	private static final String EXAMPLE = """
			{"name": "first-words", "examples": [
			  {"sequence": "good morning", "label": "greeting"},
			  {"sequence": "good evening to you", "label": "greeting"},
			  {"sequence": "hello there", "label": "greeting"},
			  {"sequence": "see you soon", "label": "farewell"},
			  {"sequence": "goodbye and good luck", "label": "farewell"},
			  {"sequence": "until tomorrow", "label": "farewell"}]}""";

	/** Records that are shown of a dataset that is not stored. */
	private static final int PREVIEWED = 5;

	private final Datasets datasets;

	DatasetController(Datasets datasets) {
		this.datasets = datasets;
	}

	@Operation(operationId = "storeDataset", summary = "Store a dataset",
			description = """
					As JSON (application/json), examples that are stored as JSON lines; or as a file (multipart/form-data) of \
					CSV, TSV, JSON lines or plain text, gzipped or not, in UTF-8 (or UTF-16 with a byte order mark); or as two \
					files, `source` and `target`, of parallel text. How separated values are written (delimiter, quote, header, \
					decimal comma) is found out where it is not said; `validateOnly` answers with a preview and stores nothing. A file is read and checked as a whole first: when a line is at \
					fault, the problem names line and column, and nothing is kept. The same bytes under the same name again give \
					the same dataset (200); other bytes under a name that is taken are refused (409).""",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true,
					content = {
							@Content(mediaType = MediaType.APPLICATION_JSON_VALUE,
									schema = @Schema(implementation = DatasetRequest.class),
									examples = @ExampleObject(name = "words", summary = "Six labelled texts",
											value = EXAMPLE)),
							@Content(mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
									schema = @Schema(implementation = UploadForm.class)) }))
	@ApiResponse(responseCode = "201", description = "Stored; Location is its path")
	@ApiResponse(responseCode = "200", description = "The same bytes have that name already: the same dataset")
	@Problems({ ProblemType.MALFORMED_REQUEST, ProblemType.CONFLICT, ProblemType.TOO_LARGE,
			ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.INVALID_REQUEST })
	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<Dataset> store(@RequestBody DatasetRequest request) {
		return answer(this.datasets.add(request.name(), request.examples()));
	}

	/**
	 * Stores a file, or two of parallel text; documented with the JSON form, because
	 * OpenAPI has one of a path.
	 */
	@Hidden
	@PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<?> upload(@RequestPart(name = "file", required = false) @Nullable MultipartFile file,
			@RequestPart(name = "source", required = false) @Nullable MultipartFile source,
			@RequestPart(name = "target", required = false) @Nullable MultipartFile target,
			@RequestParam(required = false) @Nullable String name,
			@RequestParam(required = false) @Nullable String format,
			@RequestParam(required = false) @Nullable String delimiter,
			@RequestParam(required = false) @Nullable String quote,
			@RequestParam(required = false) @Nullable Boolean header,
			@RequestParam(required = false) @Nullable String decimal,
			@RequestParam(required = false) @Nullable String columns,
			@RequestParam(defaultValue = "utf-8") String encoding,
			@RequestParam(defaultValue = "false") boolean validateOnly) throws IOException {
		MultipartFile first = (source != null) ? source : file;
		if (first == null || (source != null) != (target != null) || (source != null && file != null)) {
			throw new MalformedRequestException(
					Violation.of("/file", "must be sent, or else 'source' and 'target', two files of parallel text"));
		}
		Upload upload = new Upload(name, first.getOriginalFilename(), (format != null) ? DataFormat.of(format) : null,
				Encoding.of(encoding), new CsvDialect.Given(delimiter, quote, header, decimal, columns));
		try (InputStream content = first.getInputStream();
				InputStream other = (target != null) ? target.getInputStream() : InputStream.nullInputStream()) {
			if (validateOnly) {
				return ResponseEntity
					.ok((target != null) ? this.datasets.previewParallel(upload, content, other, PREVIEWED)
							: this.datasets.preview(upload, content, PREVIEWED));
			}
			return answer((target != null) ? this.datasets.addParallel(upload, content, other)
					: this.datasets.add(upload, content));
		}
	}

	@Operation(operationId = "listDatasets", summary = "List the datasets",
			description = "All datasets by name, the bundled ones among them.")
	@Problems(ProblemType.MALFORMED_REQUEST)
	@GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
	Page<Dataset> list(
			@Parameter(description = "Datasets at most, 1 to 1000.",
					example = "50") @RequestParam(defaultValue = "50") int pageSize,
			@Parameter(description = "The nextPageToken of the page before.") @RequestParam(
					required = false) @Nullable String pageToken) {
		return this.datasets.list(pageSize, pageToken);
	}

	@Operation(operationId = "getDataset", summary = "Get a dataset", description = "A dataset by its id or its name.")
	@Problems(ProblemType.NOT_FOUND)
	@GetMapping(path = "/{dataset}", produces = MediaType.APPLICATION_JSON_VALUE)
	Dataset get(@Parameter(description = "Id or name.", example = "gestures") @PathVariable String dataset) {
		return this.datasets.get(dataset);
	}

	@Operation(operationId = "previewDataset", summary = "Preview a dataset",
			description = """
					The first records, long values cut, and how the whole dataset was understood: its dialect, what is odd about \
					it, which tasks it fits, its fields, their types, lengths, and how often each is there.""")
	@Problems({ ProblemType.MALFORMED_REQUEST, ProblemType.NOT_FOUND })
	@GetMapping(path = "/{dataset}/preview", produces = MediaType.APPLICATION_JSON_VALUE)
	DatasetPreview preview(@Parameter(description = "Id or name.", example = "gestures") @PathVariable String dataset,
			@Parameter(description = "Records at most, 1 to 100.",
					example = "5") @RequestParam(defaultValue = "5") int limit) {
		if (limit < 1 || limit > 100) {
			throw new MalformedRequestException(new Violation(null, null, null,
					"The parameter 'limit' must be between 1 and 100, but is " + limit));
		}
		return this.datasets.preview(dataset, limit);
	}

	@Operation(operationId = "deleteDataset", summary = "Delete a dataset", description = """
			Deletes a dataset. Models that were trained on it stay. A bundled dataset, or one that a job needs, cannot \
			be deleted (409).""")
	@ApiResponse(responseCode = "204", description = "Deleted")
	@Problems({ ProblemType.NOT_FOUND, ProblemType.CONFLICT })
	@DeleteMapping("/{dataset}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@Parameter(description = "Id or name.", example = "first-words") @PathVariable String dataset) {
		this.datasets.delete(dataset);
	}

	private static ResponseEntity<Dataset> answer(Datasets.Added added) {
		Dataset dataset = added.dataset();
		return added.created() ? ResponseEntity.created(URI.create("/api/v1/datasets/" + dataset.id())).body(dataset)
				: ResponseEntity.ok(dataset);
	}

}
