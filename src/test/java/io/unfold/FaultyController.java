package io.unfold;

import java.util.List;
import java.util.Map;

import io.swagger.v3.oas.annotations.Hidden;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.problem.ConflictException;
import io.unfold.problem.NotFoundException;
import io.unfold.training.TrainingSpec;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Operations that read requests as the real ones do, and that fail on demand. */
@Hidden
@TestComponent
@RestController
@RequestMapping("/faulty")
class FaultyController {

	@PostMapping(path = "/spec", consumes = MediaType.APPLICATION_JSON_VALUE, produces = "application/json")
	Map<String, String> spec(@RequestBody Spec spec) {
		return Map.of("read", spec.name());
	}

	@PostMapping("/checked")
	Map<String, String> checked(@Valid @RequestBody Checked checked) {
		return Map.of("read", checked.name());
	}

	@GetMapping("/number")
	Map<String, Integer> number(@RequestParam @Max(10) int value) {
		return Map.of("value", value);
	}

	@GetMapping("/fail/{how}")
	String fail(@PathVariable String how) throws Throwable {
		throw switch (how) {
			case "missing" -> new NotFoundException("nothing is named 'x'");
			case "conflict" -> new ConflictException("it is in use");
			case "memory" -> new OutOfMemoryError("Java heap space");
			case "stack" -> new StackOverflowError();
			default -> new IllegalStateException("secret");
		};
	}

	/** What a request says, as the records of the service say it. */
	record Spec(String name, @Nullable NetworkSpec network, @Nullable TrainingSpec training, @Nullable JsonNode tree,
			@Nullable List<Double> numbers) {
	}

	/** What bean validation checks. */
	record Checked(@Size(max = 3) String name, @Valid @Nullable List<Checked> parts) {
	}

}
