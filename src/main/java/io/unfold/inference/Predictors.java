package io.unfold.inference;

import java.time.Instant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.unfold.model.ModelVersion;
import io.unfold.model.Models;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.Tensor;
import io.unfold.nn.network.Tensors;
import io.unfold.problem.ConflictException;
import io.unfold.task.TaskSpec;
import io.unfold.task.TrainedTask;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Published models, loaded and ready to answer; the most used ones stay loaded. */
@Component
public class Predictors {

	private final Models models;

	private final JsonMapper json;

	private final Cache<Key, Loaded> loaded;

	Predictors(Models models, JsonMapper json, InferenceProperties properties) {
		this.models = models;
		this.json = json;
		this.loaded = Caffeine.newBuilder()
			.maximumWeight(properties.cache().toKilobytes())
			.weigher((Key key, Loaded model) -> (int) Math.min(Integer.MAX_VALUE, 1 + model.bytes() / 1024))
			.build();
	}

	/**
	 * The model that a reference names, ready to answer.
	 * @param kind what its task must be
	 * @param doing what the client wants of it, as in "translates"
	 * @throws io.unfold.problem.NotFoundException when there is no such model
	 * @throws ConflictException when its task is another
	 */
	public <T extends TrainedTask> Predictor<T> get(String ref, Class<T> kind, String doing) {
		Predictor<TrainedTask> predictor = get(ref);
		if (!kind.isInstance(predictor.task())) {
			throw new ConflictException(
					"model '" + predictor.model() + "' was trained for " + predictor.type() + ": it never " + doing);
		}
		return new Predictor<>(predictor.model(), predictor.version(), predictor.type(), kind.cast(predictor.task()));
	}

	/** The model that a reference names, ready to answer. */
	public Predictor<TrainedTask> get(String ref) {
		ModelVersion version = this.models.resolve(ref);
		Key key = new Key(version.name(), version.version(), version.createdAt());
		Loaded model = this.loaded.get(key, (any) -> load(version));
		return new Predictor<>(version.name(), version.version(), version.task().path("type").asString(), model.task());
	}

	private Loaded load(ModelVersion version) {
		TaskSpec task = this.json.treeToValue(version.task(), TaskSpec.class);
		NetworkSpec network = this.json.treeToValue(version.network(), NetworkSpec.class);
		Tensors parameters = version.parameters();
		long bytes = parameters.byName().values().stream().map(Tensor::values).mapToLong((v) -> 4L * v.length).sum();
		return new Loaded(task.trained(version.fitted(), network, parameters), bytes);
	}

	/**
	 * A model and its name.
	 *
	 * @param model its name
	 * @param version its version
	 * @param type of its task
	 * @param task answers
	 */
	public record Predictor<T extends TrainedTask>(String model, int version, String type, T task) {
	}

	/** A version; with its time, because a name may be deleted and used again. */
	private record Key(String name, int version, Instant createdAt) {
	}

	private record Loaded(TrainedTask task, long bytes) {
	}

}
