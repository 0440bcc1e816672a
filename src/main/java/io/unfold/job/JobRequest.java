package io.unfold.job;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.unfold.model.ModelVersion;
import io.unfold.nn.network.EncoderDecoderSpec;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.StackSpec;
import io.unfold.problem.InvalidFieldException;
import io.unfold.task.TaskSpec;
import io.unfold.training.TrainingPlan;
import io.unfold.training.TrainingSpec;
import io.unfold.training.WarmStart;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/**
 * What a client asks to be trained.
 *
 * @param model name under which the model will be published, as its next version
 * @param dataset id or name of a stored dataset; either this or {@code data}
 * @param data the examples themselves; either this or {@code dataset}
 * @param task what to learn
 * @param network with what; by default what suits the task
 * @param training how; every field has a default
 */
public record JobRequest(
		@Schema(requiredMode = Schema.RequiredMode.REQUIRED,
				description = "Name under which the model will be published, as its next version.") String model,
		@Schema(description = "Id or name of a stored dataset; either this or data.") @Nullable String dataset,
		@Schema(description = "The examples themselves; either this or dataset.") @Nullable InlineData data,
		@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "What to learn.") TaskSpec task,
		@Schema(oneOf = {
				StackSpec.class, EncoderDecoderSpec.class },
				description = """
						With what: layers, or an encoder and a decoder; by default what suits the task. Layers are `simple`, `lstm` and \
						`gru` cells, or all of them `reservoir`, of which only the `readout` is trained, in closed form. A cell's \
						`recurrence` says how its state comes back: `leak` (0 to 1; 1 is none), `delay` (the state of so many steps ago \
						in place of the last), `skip` (h of so many steps ago is another input) and `dropout`. An autoencoder's `code` is the \
						size of what its encoder makes of a sequence.""") @Nullable NetworkSpec network,
		@Schema(description = """
				How; every field has a default. `gradientClipping` bounds each element of the gradient by `value` first, and \
				then its norm by `globalNorm`; `{}` bounds nothing. `truncatedBptt` trains through long sequences in windows of \
				`forward` steps: one update after each, for which gradients go back over its last `backward` steps, the state \
				carried from window to window. A network that answers once per sequence has one update, over the last \
				`backward` steps. `validation` and `test` hold out a `fraction`, drawn by the seed or, \
				with `"order": "time"`, the last examples (in the order of the field `orderBy` if it is given); with `by`, a field, all \
				examples of one patient, machine or whatever it names are in one part; or they hold out another `dataset`, all of it. \
				`learningRateSchedule` changes the optimizer's learning rate: `constant`, `step`, `exponential`, \
				`cosine`, `linear`, `inverseSquareRoot` or `reduceOnPlateau`, each with `warmupSteps`; cosine and linear end with the \
				epochs, or with `maxSeconds` where they are over first. The optimizer's `weightDecay` shrinks weights, not biases, beside \
				the step (AdamW). `warmStart` takes over the parameters of a published \
				model (`name`, `name:version` or `name@alias`) with its vocabularies, labels and scales; task and network must be the same, \
				but for dropout. `classWeights` is what errors of each label weigh in the loss: `{"up": 2.0}` (others 1), or `"balanced"`. Bidirectional networks and encoder-decoders read whole sequences, and refuse it. `threads` divides the rows \
				of each mini-batch over cores.""") @Nullable TrainingSpec training){

	public JobRequest {
		if (dataset == null && data == null) {
			throw new InvalidFieldException("dataset",
					"must be given: the id or name of a dataset, unless the examples are in 'data'");
		}
		if (dataset != null && data != null) {
			throw new InvalidFieldException("data", "cannot be given together with 'dataset': leave one out");
		}
	}

	TrainingPlan plan() {
		return new TrainingPlan(this.task, this.network,
				(this.training != null) ? this.training : TrainingSpec.standard());
	}

	/** The model that training goes on from, as the request names it; null: none. */
	@Nullable String warmStart() {
		return (this.training != null) ? this.training.warmStart() : null;
	}

	/** The training, going on from a model if there is one. */
	TrainingPlan plan(@Nullable ModelVersion parent) {
		if (parent == null) {
			return plan();
		}
		return plan().from(new WarmStart(StoredJson.MAPPER.treeToValue(parent.task(), TaskSpec.class),
				StoredJson.MAPPER.treeToValue(parent.network(), NetworkSpec.class), parent.fitted(),
				parent.parameters()));
	}

	/** The dataset that is held out for validation, by id or name; null: a share is. */
	@Nullable String validation() {
		return (this.training != null) ? this.training.validation().dataset() : null;
	}

	/**
	 * The dataset that is held out for the evaluation, by id or name; null: a share is,
	 * or nothing.
	 */
	@Nullable String test() {
		return (this.training != null && this.training.test() != null) ? this.training.test().dataset() : null;
	}

	/** The inline examples of a request that names no dataset. */
	ArrayNode examples() {
		if (this.data == null) {
			throw new IllegalStateException("the request names a dataset");
		}
		return this.data.examples();
	}

	/**
	 * Examples that come with the request.
	 *
	 * @param examples one object per example, as in a dataset's JSON
	 */
	public record InlineData(@ArraySchema(schema = @Schema(type = "object",
			additionalProperties = Schema.AdditionalPropertiesValue.TRUE)) ArrayNode examples) {
	}

}
