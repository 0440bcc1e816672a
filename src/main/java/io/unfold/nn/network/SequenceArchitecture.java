package io.unfold.nn.network;

import java.util.List;
import java.util.Optional;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

import io.unfold.nn.layer.FinalStepConf;

/**
 * A stack of recurrent layers between an input and an output.
 *
 * @param input what is read at each step
 * @param stack the recurrent layers
 * @param output what is answered
 */
public record SequenceArchitecture(StepInput input, StackSpec stack,
		Output output) implements Architecture<SequenceNetwork> {

	static final String EMBEDDING = "embedding";

	static final String LAYER = "layer";

	static final String OUTPUT = "output";

	private static final int STANDARD_EMBEDDING = 64;

	@Override
	public TrainableNetwork<SequenceNetwork> trainable(LearningSpec learning) {
		if (this.stack.readout() != null) {
			throw new IllegalStateException("a network of reservoirs is trained in closed form");
		}
		return new GraphNetwork<>(graph(learning, DataType.FLOAT), (batch) -> arrays(batch, DataType.FLOAT),
				this::serving, learning);
	}

	@Override
	public Optional<SolvableNetwork<SequenceNetwork>> solvable(long seed) {
		return Optional.ofNullable(this.stack.readout())
			.map((readout) -> new ReservoirNetwork(this, readout, (batch) -> arrays(batch, DataType.FLOAT), seed));
	}

	@Override
	public int passes(int epochs) {
		return (this.stack.readout() != null) ? ReservoirNetwork.passes(this.output) : epochs;
	}

	@Override
	public SequenceNetwork serving(Tensors parameters) {
		shapes().check(parameters);
		return new TwinSequenceNetwork(this, parameters);
	}

	@Override
	public long parameterCount() {
		return shapes().count();
	}

	@Override
	public @Nullable String whyWhole() {
		if (this.stack.readout() != null) {
			return "reservoirs are trained in closed form, without gradients";
		}
		return this.stack.bidirectional()
				? "a bidirectional network reads whole sequences from both ends, and has no state to carry from one window to the next"
				: null;
	}

	@Override
	public List<Window> windows(Batch batch, TruncatedBptt bptt) {
		String whole = whyWhole();
		if (whole != null) {
			throw new IllegalArgumentException(whole);
		}
		return new Windows(batch, bptt, this.output.everyStep());
	}

	@Override
	public long trainingBytes(int batch, int steps, int decoderSteps, @Nullable TruncatedBptt bptt) {
		if (bptt == null || bptt.forward() >= steps) {
			return cost(batch, steps).bytes(parameterCount());
		}
		return cost(batch, bptt.forward()).sequences(this.input, batch, steps).bytes(parameterCount());
	}

	@Override
	public double trainingFlops(int batch, int steps, int decoderSteps, @Nullable TruncatedBptt bptt) {
		double flops = cost(batch, steps).flops();
		if (bptt == null || steps == 0) {
			return flops;
		}
		// the way back is two thirds of it
		return flops * (1 + 2.0 * bptt.stepsBack(steps, this.output.everyStep()) / steps) / 3;
	}

	/** Size of what the first recurrent layer reads at each step. */
	int features() {
		return (this.input instanceof StepInput.Values values) ? values.features() : embedding();
	}

	private int embedding() {
		Integer size = this.stack.embedding();
		return (size != null) ? size : STANDARD_EMBEDDING;
	}

	/** Size of what the output layer reads. */
	int outputsOfStack() {
		return this.stack.outputs();
	}

	/** DL4J's graph. */
	ComputationGraphConfiguration graph(LearningSpec learning, DataType dataType) {
		GraphParts parts = new GraphParts(learning.seed(), dataType);
		parts.graph().addInputs("input");
		String below = "input";
		if (this.input instanceof StepInput.Tokens tokens) {
			parts.embedding(EMBEDDING, tokens.vocabulary(), embedding(), below);
			below = EMBEDDING;
		}
		below = parts.stack(LAYER, this.stack, features(), this.input instanceof StepInput.Tokens, below, List.of());
		if (!this.output.everyStep()) {
			parts.graph().addVertex("final", new FinalStepConf(this.stack.units()), below);
			below = "final";
		}
		parts.output(OUTPUT, this.output.smoothed(learning.labelSmoothing()), outputsOfStack(), this.stack.dropout(),
				below);
		return parts.graph().build();
	}

	/** A batch as the graph takes it. */
	GraphBatch arrays(Batch batch, DataType dataType) {
		INDArray mask = GraphArrays.mask(batch.inputs(), dataType);
		long targets = batch.inputs().batch();
		INDArray labelMask = null;
		if (this.output.everyStep()) {
			int washout = batch.targets().washout();
			targets = 0;
			for (int length : batch.inputs().lengths()) {
				targets += Math.max(0, length - washout);
			}
			labelMask = GraphArrays.mask(batch.inputs(), washout, dataType);
		}
		return new GraphBatch(new INDArray[] { GraphArrays.inputs(batch.inputs(), dataType) },
				new @Nullable INDArray[] { mask },
				GraphArrays.labels(batch.targets(), this.output, batch.inputs(), dataType), labelMask,
				GraphParts.lossScale(this.output, Math.max(1, targets)));
	}

	private ParameterShapes shapes() {
		ParameterShapes shapes = new ParameterShapes();
		if (this.input instanceof StepInput.Tokens tokens) {
			shapes.embedding(EMBEDDING, tokens.vocabulary(), embedding());
		}
		return shapes.stack(LAYER, this.stack, features()).dense(OUTPUT, outputsOfStack(), this.output.size());
	}

	private TrainingCost cost(long batch, long steps) {
		if (this.stack.readout() != null) {
			return new TrainingCost().reservoirs(this.stack, features(), batch, steps)
				.regression(outputsOfStack(), this.output.size(), batch * (this.output.everyStep() ? steps : 1));
		}
		return new TrainingCost().stack(this.stack, features(), batch, steps)
			.dense(outputsOfStack(), this.output.size(), batch, this.output.everyStep() ? steps : 1);
	}

}
