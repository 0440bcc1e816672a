package io.unfold.nn.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import io.unfold.nn.cell.Floats;
import io.unfold.nn.layer.CellLayer;
import io.unfold.nn.layer.NativeArrays;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network in training on a DL4J graph. The graph gives the gradient of the summed loss;
 * made the gradient of the mean per target, and bounded, it goes to the optimiser.
 *
 * @param <S> its serving twin
 */
final class GraphNetwork<S extends ServingNetwork> implements TrainableNetwork<S> {

	/** Makes the dropout of windows that only carry the state differ. */
	private static final long CARRY_SALT = 0xBF58476D1CE4E5B9L;

	private final TrainingGraph graph;

	private final Function<Batch, GraphBatch> batches;

	private final Function<Tensors, S> twin;

	private final Floats parameters;

	private final Floats gradient;

	private final GradientClipper clipper;

	private final Optimizer optimizer;

	private final long seed;

	private int iteration;

	/** Windows since the last step that only carried the state. */
	private int carried;

	GraphNetwork(ComputationGraphConfiguration configuration, Function<Batch, GraphBatch> batches,
			Function<Tensors, S> twin, OptimizerSpec optimizer, GradientClipping clipping, long seed) {
		this.graph = new TrainingGraph(configuration);
		this.batches = batches;
		this.twin = twin;
		this.clipper = new GradientClipper(clipping);
		this.parameters = NativeArrays.floats(this.graph.params());
		this.gradient = NativeArrays.floats(this.graph.getGradientsViewArray());
		this.optimizer = optimizer.optimizer(this.parameters.length());
		this.seed = seed;
	}

	@Override
	public Pass fit(Window window, @Nullable State before) {
		// ND4J's generator is the thread's own, and not part of a checkpoint
		Nd4j.getRandom()
			.setSeed(new SplittableRandom(this.seed + this.iteration * 0x9E3779B97F4A7C15L + this.carried * CARRY_SALT)
				.nextLong());
		if (window.targets() == 0) {
			this.carried++;
			return run(window, before, (arrays) -> {
				this.graph.carry(arrays, true);
				return 0;
			});
		}
		this.carried = 0;
		return run(window, before, this::step);
	}

	private double step(GraphBatch arrays) {
		double loss = this.graph.lossWithGradient(arrays) * arrays.lossScale();
		double scale = this.clipper.apply(this.gradient, arrays.lossScale());
		if (!Double.isFinite(loss) || !Double.isFinite(scale)) {
			return Double.NaN;
		}
		this.optimizer.step(this.parameters, this.gradient, (float) scale, this.iteration);
		this.iteration++;
		return loss;
	}

	@Override
	public Pass loss(Window window, @Nullable State before) {
		return run(window, before, (arrays) -> {
			if (window.targets() == 0) {
				this.graph.carry(arrays, false);
				return 0;
			}
			return this.graph.loss(arrays) * arrays.lossScale();
		});
	}

	/** Runs over a window from the state before it to the state after it. */
	private Pass run(Window window, @Nullable State before, ToDoubleFunction<GraphBatch> pass) {
		try (GraphBatch arrays = this.batches.apply(window.batch())) {
			if (window.isWhole()) {
				return new Pass(pass.applyAsDouble(arrays), null);
			}
			this.graph.openWindow(before, window.backward());
			double loss = Double.NaN;
			State after;
			try {
				loss = pass.applyAsDouble(arrays);
			}
			finally {
				after = this.graph.closeWindow(window.batch().inputs().batch());
			}
			return new Pass(loss, after);
		}
	}

	@Override
	public int iteration() {
		return this.iteration;
	}

	@Override
	public Tensors parameters() {
		Map<String, Tensor> tensors = new LinkedHashMap<>();
		this.graph.paramTable().forEach((name, array) -> {
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
		this.graph.paramTable().forEach((name, array) -> {
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
		this.graph.paramTable()
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
		for (Layer layer : this.graph.getLayers()) {
			if (layer instanceof CellLayer cells) {
				cells.close();
			}
		}
		// as the graph's own close, but without a garbage collection of the whole heap
		release(this.graph.params());
		release(this.graph.getGradientsViewArray());
		NativeMemory.releaseOfThread();
	}

	private static void release(INDArray array) {
		if (array.data().closeable()) {
			array.data().close();
		}
	}

}
