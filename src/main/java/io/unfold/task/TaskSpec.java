package io.unfold.task;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.unfold.data.DataSource;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.Tensors;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.autoencoding.Autoencoding;
import io.unfold.task.captioning.Captioning;
import io.unfold.task.classification.Classification;
import io.unfold.task.forecasting.Forecasting;
import io.unfold.task.generation.Generation;
import io.unfold.task.regression.Regression;
import io.unfold.task.tagging.Tagging;
import io.unfold.task.translation.Translation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a network is to learn, as a request describes it. The annotation is the catalogue:
 * the one list of tasks.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({ @JsonSubTypes.Type(value = Classification.class, name = Classification.TYPE),
		@JsonSubTypes.Type(value = Regression.class, name = Regression.TYPE),
		@JsonSubTypes.Type(value = Tagging.class, name = Tagging.TYPE),
		@JsonSubTypes.Type(value = Forecasting.class, name = Forecasting.TYPE),
		@JsonSubTypes.Type(value = Generation.class, name = Generation.TYPE),
		@JsonSubTypes.Type(value = Captioning.class, name = Captioning.TYPE),
		@JsonSubTypes.Type(value = Translation.class, name = Translation.TYPE),
		@JsonSubTypes.Type(value = Autoencoding.class, name = Autoencoding.TYPE) })
public interface TaskSpec {

	/** The task's name, as in {@code task.type} of a request. */
	String type();

	/**
	 * Reads the data, checks that the task can be learned from it, sets the held-out part
	 * aside and fits to the rest what the task fits: vocabularies, labels, scales.
	 * @param network with what to learn; null takes the task's default
	 * @throws io.unfold.problem.InvalidRequestException with pointers {@code /task/...}
	 * or {@code /network/...}, or with lines of the data
	 */
	PreparedTask<?> prepare(DataSource data, @Nullable NetworkSpec network, Split split);

	/**
	 * The same for a network that goes on from one that was trained before: what that was
	 * fitted to stays as it is, so that the numbers of tokens and labels agree.
	 * @param fitted what {@link PreparedTask#fitted()} was, as JSON
	 * @throws io.unfold.problem.InvalidRequestException also when the data needs what was
	 * not fitted, such as a label, or when the task cannot go on
	 */
	default PreparedTask<?> continued(DataSource data, @Nullable NetworkSpec network, Split split, JsonNode fitted) {
		throw new InvalidRequestException("/training/warmStart",
				"cannot be used with " + type() + ": leave it out, and train anew");
	}

	/**
	 * A trained model, ready to answer.
	 * @param fitted what {@link PreparedTask#fitted()} was, as JSON
	 * @param network the spec that it was trained with
	 * @throws IllegalArgumentException when the parts do not belong together
	 */
	TrainedTask trained(JsonNode fitted, NetworkSpec network, Tensors parameters);

}
