package io.unfold.nn.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

import io.unfold.nn.cell.Floats;
import io.unfold.nn.layer.Judgement;
import io.unfold.nn.layer.NativeArrays;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network in training on a DL4J graph, or several alike that share a mini-batch's rows.
 * It gives the gradient of the summed loss; made the gradient of the mean per target, and
 * bounded, it goes to the optimiser.
 *
 * @param <S> its serving twin
 */
final class GraphNetwork<S extends ServingNetwork> implements TrainableNetwork<S> {

	/** Makes the dropout of windows that only carry the state differ. */
	private static final long CARRY_SALT = 0xBF58476D1CE4E5B9L;

	private final Shards shards;

	private final Function<Tensors, S> twin;

	private final Floats parameters;

	private final GradientClipper clipper;

	private final Optimizer optimizer;

	private final long seed;

	private double learningRate;

	/** How likely a decoder reads its own predictions. */
	private double sampling;

	private int iteration;

	/** Windows since the last step that only carried the state. */
	private int carried;

	GraphNetwork(ComputationGraphConfiguration configuration, Function<Batch, GraphBatch> batches,
			Function<Tensors, S> twin, LearningSpec learning) {
		this.shards = new Shards(configuration, batches, learning.threads());
		this.twin = twin;
		this.clipper = new GradientClipper(learning.clipping(), this.shards.threads());
		this.parameters = NativeArrays.floats(this.shards.graph().params());
		this.optimizer = learning.optimizer().optimizer(this.parameters.length());
		this.optimizer.decay(this.shards.graph().weights());
		this.learningRate = learning.optimizer().learningRate();
		this.seed = learning.seed();
	}

	@Override
	public Pass fit(Window window, @Nullable State before) {
		long drawn = new SplittableRandom(this.seed + this.iteration * 0x9E3779B97F4A7C15L + this.carried * CARRY_SALT)
			.nextLong();
		if (window.targets() == 0) {
			this.carried++;
			return new Pass(0,
					this.shards.run(window, before, drawn, (graph, arrays) -> graph.carry(arrays, true), false)
						.after());
		}
		this.carried = 0;
		Shard.Result result = this.shards.run(window, before, drawn, this::lossWithGradient, true);
		double loss = step(result.loss(), result.lossScale());
		return new Pass(loss, result.after(), this.clipper.norm(), 0);
	}

	private Judgement lossWithGradient(TrainingGraph graph, GraphBatch batch) {
		if (this.sampling > 0) {
			// the thread's generator has the seed of these rows
			graph.readOwnPredictions(batch, this.sampling, new SplittableRandom(Nd4j.getRandom().nextLong()));
		}
		return new Judgement(graph.lossWithGradient(batch), 0);
	}

	private double step(double loss, double lossScale) {
		Floats gradient = this.shards.gradient();
		double scale = this.clipper.apply(gradient, lossScale);
		if (!Double.isFinite(loss) || !Double.isFinite(scale)) {
			return Double.NaN;
		}
		this.optimizer.step(this.parameters, gradient, (float) scale, this.learningRate, this.iteration,
				this.shards.threads());
		this.iteration++;
		return loss;
	}

	@Override
	public Pass loss(Window window, @Nullable State before) {
		if (window.targets() == 0) {
			return new Pass(0,
					this.shards.run(window, before, null, (graph, arrays) -> graph.carry(arrays, false), false)
						.after());
		}
		Shard.Result result = this.shards.run(window, before, null, TrainingGraph::judge, false);
		return new Pass(result.loss(), result.after(), 0, result.judgement().right());
	}

	@Override
	public int iteration() {
		return this.iteration;
	}

	@Override
	public void setScheduledSampling(double probability) {
		this.sampling = probability;
	}

	@Override
	public void setLearningRate(double rate) {
		this.learningRate = rate;
	}

	@Override
	public Tensors parameters() {
		Map<String, Tensor> tensors = new LinkedHashMap<>();
		this.shards.graph().paramTable().forEach((name, array) -> {
			long[] shape = array.shape();
			int[] sizes = new int[shape.length];
			for (int i = 0; i < sizes.length; i++) {
				sizes[i] = Math.toIntExact(shape[i]);
			}
			tensors.put(tensorName(name), new Tensor(sizes, array.dup('f').data().asFloat()));
		});
		return new Tensors(tensors);
	}

	/** DL4J's "layer0_W" is our "layer0.W". */
	private static String tensorName(String name) {
		int underscore = name.lastIndexOf('_');
		return name.substring(0, underscore) + "." + name.substring(underscore + 1);
	}

	@Override
	public OptimizerState optimizerState() {
		return new OptimizerState(this.iteration, this.optimizer.moments());
	}

	@Override
	public void restore(Tensors parameters, OptimizerState optimizerState) {
		this.shards.graph().paramTable().forEach((name, array) -> {
			int length = parameters.get(tensorName(name)).values().length;
			if (length != array.length()) {
				throw new IllegalArgumentException("parameter '" + tensorName(name) + "' has " + length
						+ " elements rather than " + array.length());
			}
		});
		int expected = this.optimizer.momentCount();
		if (optimizerState.moments().length != expected) {
			throw new IllegalArgumentException(
					"the optimizer has " + expected + " moments, not " + optimizerState.moments().length);
		}
		this.shards.graph()
			.paramTable()
			.forEach((name, array) -> array
				.assign(GraphArrays.array(parameters.get(tensorName(name)).values(), DataType.FLOAT, array.shape())));
		this.optimizer.restore(optimizerState.moments());
		this.iteration = optimizerState.iteration();
	}

	@Override
	public S serving() {
		return this.twin.apply(parameters());
	}

	@Override
	public void close() {
		this.shards.close();
	}

}
