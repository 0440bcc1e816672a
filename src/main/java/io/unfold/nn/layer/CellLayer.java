package io.unfold.nn.layer;

import java.util.ArrayList;
import java.util.List;

import io.unfold.nn.NativeRuntime;
import io.unfold.nn.cell.CellSpec;
import io.unfold.nn.cell.Span;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A recurrent layer of a DL4J network. In training its forward pass keeps what the
 * backward pass needs, so that each is run once. Networks of floats run on the kernels,
 * networks of doubles on the plain formulas. Between {@link #openWindow} and
 * {@link #closeWindow} its sequences are pieces of longer ones.
 */
public class CellLayer extends BaseLayer<CellLayerConf> {

	static {
		NativeRuntime.prepareNd4j();
	}

	private final List<Direction> directions = new ArrayList<>();

	private @Nullable INDArray startingState;

	/** The window of longer sequences that is run; null where sequences are whole. */
	private @Nullable Window window;

	/** The state after the last step in a window; [batch, states * units]. */
	private float[] finalState = {};

	/** The steps of the pass that was kept; null when there is none. */
	private @Nullable Span kept;

	CellLayer(NeuralNetConfiguration conf, DataType dataType) {
		super(conf, dataType);
	}

	/**
	 * Sets the state before the first step, until the layer is cleared.
	 * @param state [batch, states * units]
	 */
	void setStartingState(INDArray state, LayerWorkspaceMgr workspaces) {
		this.startingState = workspaces.leverageTo(ArrayType.INPUT, state);
		this.kept = null;
	}

	/**
	 * Takes the sequences for pieces of longer ones.
	 * @param state before their first step, a constant for the gradient; [batch, states *
	 * units]; null: zeros
	 * @param backward steps at the end of each row through which gradients go back; the
	 * outputs and the state before them are constants too. 0: there will be no backward
	 * pass
	 */
	public void openWindow(float @Nullable [] state, int backward) {
		if (layerConf().bidirectional()) {
			throw new IllegalStateException("a layer of both directions reads whole sequences only");
		}
		this.window = new Window(state, backward);
		this.kept = null;
	}

	/**
	 * Takes sequences for whole again.
	 * @return the state after each row's last step; [batch, states * units]
	 */
	public float[] closeWindow() {
		this.window = null;
		this.kept = null;
		return this.finalState;
	}

	@Override
	public void setInput(INDArray input, LayerWorkspaceMgr workspaces) {
		super.setInput(input, workspaces);
		this.kept = null;
	}

	@Override
	public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
		assertInputSet(false);
		applyDropOutIfNecessary(training, workspaces);
		this.input = columnMajor(this.input, ArrayType.INPUT, workspaces);
		Span span = span();
		INDArray initial = initialState(span, workspaces);
		boolean keep = training && (this.window == null || this.window.backward() > 0);
		INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATIONS, this.dataType,
				new long[] { span.batch(), layerConf().getNOut(), span.steps() }, 'f');
		List<Direction> all = directions();
		for (int i = 0; i < all.size(); i++) {
			all.get(i).dropOut(training ? recurrentDropout(span.batch()) : null);
			all.get(i).forward(this.input, out, i * units(), (i == 0) ? span : backwards(span), initial, keep);
		}
		if (this.window != null) {
			this.finalState = all.get(0).finalState();
		}
		this.kept = keep ? span : null;
		return out;
	}

	/** For each element of h 0, or 1 / (1 - dropout); [batch, units]. */
	private float @Nullable [] recurrentDropout(int batch) {
		double dropout = layerConf().cell().recurrenceOrPlain().dropout();
		if (dropout == 0) {
			return null;
		}
		float[] mask = new float[batch * units()];
		for (int i = 0; i < mask.length; i++) {
			mask[i] = (Nd4j.getRandom().nextDouble() < dropout) ? 0 : (float) (1 / (1 - dropout));
		}
		return mask;
	}

	private @Nullable INDArray initialState(Span span, LayerWorkspaceMgr workspaces) {
		if (this.startingState != null) {
			return columnMajor(this.startingState, ArrayType.FF_WORKING_MEM, workspaces);
		}
		float[] carried = (this.window != null) ? this.window.state() : null;
		if (carried == null) {
			return null;
		}
		long size = (long) units() * layerConf().cell().states();
		if (carried.length != size * span.batch()) {
			throw new IllegalArgumentException("a state of " + carried.length + " numbers for " + span.batch()
					+ " rows of " + size + " in layer '" + layerConf().getLayerName() + "'");
		}
		INDArray initial = workspaces.createUninitialized(ArrayType.FF_WORKING_MEM, this.dataType,
				new long[] { span.batch(), size }, 'f');
		if (this.dataType == DataType.FLOAT) {
			NativeArrays.floats(initial).put(0, carried, 0, carried.length);
		}
		else {
			initial.assign(Nd4j.create(carried, initial.shape(), 'f'));
		}
		return initial;
	}

	@Override
	public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
		Pair<Gradient, INDArray[]> pair = backward(epsilon, workspaces);
		return new Pair<>(pair.getFirst(), pair.getSecond()[0]);
	}

	/**
	 * The gradients of the last pass in training: of the parameters; of the input (null
	 * where it is not wanted) and, where there is one, of the starting state.
	 */
	Pair<Gradient, INDArray[]> backward(INDArray epsilon, LayerWorkspaceMgr workspaces) {
		if (this.kept == null) {
			throw new IllegalStateException(
					"layer '" + layerConf().getLayerName() + "' has no pass to go back through");
		}
		Span span = (this.window != null) ? this.kept.last(this.window.backward()) : this.kept;
		this.kept = null;
		INDArray dOut = columnMajor(epsilon, ArrayType.BP_WORKING_MEM, workspaces);
		INDArray dx = layerConf().wantsInputGradient()
				? workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, this.dataType, this.input.shape(), 'f')
				: null;
		INDArray dState = (this.startingState != null) ? workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD,
				this.dataType, this.startingState.shape(), 'f') : null;
		List<Direction> all = directions();
		for (int i = 0; i < all.size(); i++) {
			all.get(i)
				.backward(CellParameters.arrays(this.gradientViews, i), this.input, dOut, i * units(), dx, i > 0,
						dState, (i == 0) ? span : backwards(span));
		}
		if (dx != null) {
			dx = backpropDropOutIfPresent(dx);
		}
		Gradient gradient = new DefaultGradient(this.gradientsFlattened);
		this.gradientViews.forEach((name, view) -> gradient.setGradientFor(name, view));
		return new Pair<>(gradient, (dState != null) ? new INDArray[] { dx, dState } : new INDArray[] { dx });
	}

	@Override
	public void clear() {
		super.clear();
		this.startingState = null;
		this.kept = null;
	}

	/** Frees the memory that is kept between passes. */
	@Override
	public void close() {
		this.directions.forEach(Direction::close);
		this.directions.clear();
	}

	@Override
	public boolean isPretrainLayer() {
		return false;
	}

	@Override
	public Type type() {
		return Type.RECURRENT;
	}

	private int units() {
		return layerConf().cell().units();
	}

	private List<Direction> directions() {
		if (this.directions.isEmpty()) {
			CellSpec cell = layerConf().cell();
			int inputs = (int) layerConf().getNIn();
			for (int i = 0; i < (layerConf().bidirectional() ? 2 : 1); i++) {
				CellArrays parameters = CellParameters.arrays(this.params, i);
				this.directions.add(
						(this.dataType == DataType.DOUBLE)
								? new DoubleDirection(cell.reference(inputs), cell.units(),
										cell.states() * cell.units(), parameters)
								: new FloatDirection(cell.kernel(inputs), parameters));
			}
		}
		return this.directions;
	}

	private Span span() {
		int batch = (int) this.input.size(0);
		int steps = (int) this.input.size(2);
		float[] mask = (this.maskArray != null) ? this.maskArray.castTo(DataType.FLOAT).dup('f').data().asFloat()
				: null;
		return new Span(batch, steps, mask, false);
	}

	private static Span backwards(Span span) {
		return new Span(span.batch(), span.steps(), span.mask(), true);
	}

	/**
	 * @param state before the first step; null: zeros
	 * @param backward steps through which gradients go back
	 */
	private record Window(float @Nullable [] state, int backward) {
	}

	private INDArray columnMajor(INDArray array, ArrayType type, LayerWorkspaceMgr workspaces) {
		INDArray typed = array.castTo(this.dataType);
		return NativeArrays.isColumnMajor(typed) ? typed : workspaces.dup(type, typed, 'f');
	}

}
