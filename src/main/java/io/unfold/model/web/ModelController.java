package io.unfold.model.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.unfold.model.ModelSummary;
import io.unfold.model.Models;
import io.unfold.model.VersionDescription;
import io.unfold.model.VersionSummary;
import io.unfold.paging.Page;
import io.unfold.problem.web.ProblemType;
import io.unfold.problem.web.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Models over HTTP. */
@Tag(name = "Models", description = "Trained models: names, immutable versions, aliases.")
@RestController
@RequestMapping(path = "/api/v1/models", produces = MediaType.APPLICATION_JSON_VALUE)
class ModelController {

	private final Models models;

	ModelController(Models models) {
		this.models = models;
	}

	@Operation(operationId = "listModels", summary = "List the models",
			description = "All models by name, with their latest version and aliases.")
	@Problems(ProblemType.MALFORMED_REQUEST)
	@GetMapping
	Page<ModelSummary> list(
			@Parameter(description = "Models at most, 1 to 1000.",
					example = "50") @RequestParam(defaultValue = "50") int pageSize,
			@Parameter(description = "The nextPageToken of the page before.") @RequestParam(
					required = false) @Nullable String pageToken) {
		return this.models.list(pageSize, pageToken);
	}

	@Operation(operationId = "getModel", summary = "Get a model",
			description = "A model, with its latest version and its aliases.")
	@Problems(ProblemType.NOT_FOUND)
	@GetMapping("/{name}")
	ModelSummary get(
			@Parameter(description = "Name of the model.", example = "gesture-classifier") @PathVariable String name) {
		return this.models.summary(name);
	}

	@Operation(operationId = "listVersions", summary = "List the versions of a model",
			description = "Its versions, latest first.")
	@Problems({ ProblemType.MALFORMED_REQUEST, ProblemType.NOT_FOUND })
	@GetMapping("/{name}/versions")
	Page<VersionSummary> versions(
			@Parameter(description = "Name of the model.", example = "gesture-classifier") @PathVariable String name,
			@Parameter(description = "Versions at most, 1 to 1000.",
					example = "50") @RequestParam(defaultValue = "50") int pageSize,
			@Parameter(description = "The nextPageToken of the page before.") @RequestParam(
					required = false) @Nullable String pageToken) {
		return this.models.versions(name, pageSize, pageToken);
	}

	@Operation(operationId = "getVersion", summary = "Get a version", description = """
			Task, network, training, evaluation on held-out data, provenance, parameters, files and their hashes. A \
			version never changes: its ETag is good for ever.""")
	@Problems(ProblemType.NOT_FOUND)
	@GetMapping("/{name}/versions/{version}")
	ResponseEntity<VersionDescription> version(
			@Parameter(description = "Name of the model.", example = "gesture-classifier") @PathVariable String name,
			@Parameter(description = "Number of the version.", example = "1") @PathVariable int version) {
		VersionDescription description = this.models.describe(name + ":" + version);
		return ResponseEntity.ok().eTag(description.sha256()).body(description);
	}

	@Operation(operationId = "setAlias", summary = "Set an alias", description = """
			Lets an alias refer to a version, in place of the one it referred to before; `name@alias` then stands for \
			that version wherever a model is named.""",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true,
					content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE,
							schema = @Schema(implementation = AliasRequest.class),
							examples = @ExampleObject(name = "first", summary = "The first version",
									value = "{\"version\": 1}"))))
	@Problems({ ProblemType.MALFORMED_REQUEST, ProblemType.NOT_FOUND, ProblemType.UNSUPPORTED_MEDIA_TYPE,
			ProblemType.INVALID_REQUEST })
	@PutMapping(path = "/{name}/aliases/{alias}", consumes = MediaType.APPLICATION_JSON_VALUE)
	ModelSummary setAlias(
			@Parameter(description = "Name of the model.", example = "gesture-classifier") @PathVariable String name,
			@Parameter(description = "The alias.", example = "production") @PathVariable String alias,
			@RequestBody AliasRequest request) {
		this.models.setAlias(name, alias, request.version());
		return this.models.summary(name);
	}

	@Operation(operationId = "deleteAlias", summary = "Delete an alias",
			description = "Takes an alias away; the version it referred to stays.")
	@ApiResponse(responseCode = "204", description = "Deleted")
	@Problems(ProblemType.NOT_FOUND)
	@DeleteMapping("/{name}/aliases/{alias}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void deleteAlias(
			@Parameter(description = "Name of the model.", example = "gesture-classifier") @PathVariable String name,
			@Parameter(description = "The alias.", example = "production") @PathVariable String alias) {
		this.models.deleteAlias(name, alias);
	}

	@Operation(operationId = "deleteVersion", summary = "Delete a version", description = """
			Deletes a version for good: its number is not used again. A version that an alias refers to cannot be \
			deleted (409).""")
	@ApiResponse(responseCode = "204", description = "Deleted")
	@Problems({ ProblemType.NOT_FOUND, ProblemType.CONFLICT })
	@DeleteMapping("/{name}/versions/{version}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void deleteVersion(
			@Parameter(description = "Name of the model.", example = "gesture-classifier") @PathVariable String name,
			@Parameter(description = "Number of the version.", example = "1") @PathVariable int version) {
		this.models.delete(name, version);
	}

	@Operation(operationId = "deleteModel", summary = "Delete a model",
			description = "Deletes all its versions and aliases for good.")
	@ApiResponse(responseCode = "204", description = "Deleted")
	@Problems(ProblemType.NOT_FOUND)
	@DeleteMapping("/{name}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(
			@Parameter(description = "Name of the model.", example = "gesture-classifier") @PathVariable String name) {
		this.models.delete(name);
	}

}
