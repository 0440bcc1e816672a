package io.unfold.nn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.unfold.nn.cell.CellSamples;
import io.unfold.nn.cell.CellSpec;
import io.unfold.nn.cell.Gru;
import io.unfold.nn.cell.Lstm;
import io.unfold.nn.cell.Reservoir;
import io.unfold.nn.network.ConditionedDecoderSpec.Conditioning;
import io.unfold.nn.network.EncoderDecoderSpec.Attention;
import io.unfold.nn.network.FeatureLayer.Nonlinearity;
import io.unfold.nn.network.Output.Kind;
import org.jspecify.annotations.Nullable;

/** Small networks of every kind that a spec can express, and random batches for them. */
final class NetworkSamples {

	static final int FEATURES = 3;

	static final int VOCABULARY = 6;

	private NetworkSamples() {
	}

	/** Cells x depth x direction x input x output. */
	static List<SequenceArchitecture> sequences() {
		List<SequenceArchitecture> all = new ArrayList<>();
		for (CellSpec cell : CellSamples.trained(4)) {
			for (List<CellSpec> layers : List.of(List.of(cell), List.of(cell, CellSamples.trained(3).get(2)))) {
				for (boolean bidirectional : new boolean[] { false, true }) {
					for (StepInput input : List.of(new StepInput.Values(FEATURES), new StepInput.Tokens(VOCABULARY))) {
						for (Kind kind : Kind.values()) {
							for (boolean everyStep : new boolean[] { false, true }) {
								all.add(new SequenceArchitecture(input, new StackSpec(layers, bidirectional, 0.0, 5),
										new Output(kind, 4, everyStep)));
							}
						}
					}
				}
			}
		}
		for (CellSpec cell : CellSamples.ofEachRecurrence(4)) {
			for (boolean bidirectional : new boolean[] { false, true }) {
				all.add(new SequenceArchitecture(new StepInput.Values(FEATURES),
						new StackSpec(List.of(cell, cell), bidirectional, 0.0, 5),
						new Output(Kind.VALUES, 4, bidirectional)));
			}
		}
		return all;
	}

	/** Every choice of {@link #sequences()} with every cell, if not with every other. */
	static List<SequenceArchitecture> someSequences(int units) {
		List<SequenceArchitecture> some = new ArrayList<>();
		StepInput values = new StepInput.Values(FEATURES);
		StepInput tokens = new StepInput.Tokens(VOCABULARY);
		List<CellSpec> cells = new ArrayList<>(CellSamples.trained(units));
		cells.addAll(CellSamples.ofEachRecurrence(units));
		for (CellSpec cell : cells) {
			StackSpec one = new StackSpec(List.of(cell), false, 0.0, 2);
			StackSpec two = new StackSpec(List.of(cell, cell), false, 0.0, 2);
			StackSpec both = new StackSpec(List.of(cell), true, 0.0, 2);
			StackSpec twoBoth = new StackSpec(List.of(cell, cell), true, 0.0, 2);
			some.add(new SequenceArchitecture(values, one, new Output(Kind.VALUES, 2, true)));
			some.add(new SequenceArchitecture(tokens, two, new Output(Kind.VALUES, 2, false)));
			some.add(new SequenceArchitecture(values, both, new Output(Kind.CLASSES, 3, true)));
			some.add(new SequenceArchitecture(tokens, twoBoth, new Output(Kind.CLASSES, 3, false)));
		}
		return some;
	}

	/** Networks of reservoirs: depth x direction x input x output. */
	static List<SequenceArchitecture> reservoirs() {
		List<SequenceArchitecture> all = new ArrayList<>();
		Reservoir leaky = new Reservoir(4, 0.9, 0.5, 1, 0.5, 0.7);
		Reservoir plain = new Reservoir(3, 0.7, 0.2, 0.5, 0.1, 1);
		for (List<CellSpec> layers : List.<List<CellSpec>>of(List.of(leaky), List.of(leaky, plain))) {
			for (boolean bidirectional : new boolean[] { false, true }) {
				for (StepInput input : List.of(new StepInput.Values(FEATURES), new StepInput.Tokens(VOCABULARY))) {
					for (Kind kind : Kind.values()) {
						for (boolean everyStep : new boolean[] { false, true }) {
							all.add(new SequenceArchitecture(input,
									new StackSpec(layers, bidirectional, 0.0, 5, new Readout(1e-3)),
									new Output(kind, 3, everyStep)));
						}
					}
				}
			}
		}
		return all;
	}

	/** Encoders and decoders of each cell, of one and two layers. */
	static List<EncoderDecoderArchitecture> encoderDecoders(int units) {
		List<EncoderDecoderArchitecture> all = new ArrayList<>();
		List<CellSpec> cells = new ArrayList<>(CellSamples.trained(units));
		cells.add(CellSamples.ofEachRecurrence(units).get(3));
		for (int i = 0; i < cells.size(); i++) {
			CellSpec cell = cells.get(i);
			CellSpec next = cells.get((i + 1) % cells.size());
			all.add(encoderDecoder(List.of(cell), true, List.of(cell), Attention.NONE));
			all.add(encoderDecoder(List.of(next, cell), false, List.of(next), Attention.NONE));
			all.add(encoderDecoder(List.of(cell, next), true, List.of(next, cell), Attention.NONE));
		}
		all.add(tied(false, List.of(new Gru(units, true)), List.of(new Lstm(3)), Attention.NONE));
		all.addAll(attending(units));
		return all;
	}

	/** Every attention, of one and two layers, over one direction and both. */
	static List<EncoderDecoderArchitecture> attending(int units) {
		CellSpec gru = new Gru(units, true);
		CellSpec lstm = new Lstm(units);
		List<EncoderDecoderArchitecture> all = new ArrayList<>();
		for (Attention attention : Attention.values()) {
			if (attention != Attention.NONE) {
				all.add(encoderDecoder(List.of(gru), false, List.of(lstm), attention));
				all.add(encoderDecoder(List.of(lstm, gru), true, List.of(gru, new Lstm(2 * units)), attention));
				if (attention != Attention.DOT) {
					all.add(encoderDecoder(List.of(lstm), true, List.of(new Gru(units + 1, false)), attention));
				}
			}
		}
		all.add(tied(false, List.of(gru), List.of(gru), Attention.DOT));
		all.add(tied(true, List.of(gru), List.of(lstm), Attention.GENERAL));
		return all;
	}

	/** Autoencoders of each cell, of one and two layers, of numbers and tokens. */
	static List<AutoencoderArchitecture> autoencoders(int units) {
		List<AutoencoderArchitecture> all = new ArrayList<>();
		List<CellSpec> cells = new ArrayList<>(CellSamples.trained(units));
		cells.add(CellSamples.ofEachRecurrence(units).get(3));
		for (int i = 0; i < cells.size(); i++) {
			CellSpec cell = cells.get(i);
			CellSpec next = cells.get((i + 1) % cells.size());
			for (StepInput input : List.of(new StepInput.Values(FEATURES), new StepInput.Tokens(VOCABULARY))) {
				all.add(autoencoder(input, List.of(cell), true, List.of(next)));
				all.add(autoencoder(input, List.of(next, cell), false, List.of(cell, next)));
			}
		}
		return all;
	}

	private static AutoencoderArchitecture autoencoder(StepInput input, List<CellSpec> encoder, boolean bidirectional,
			List<CellSpec> decoder) {
		return new AutoencoderArchitecture(input,
				new EncoderDecoderSpec(new StackSpec(encoder, bidirectional, 0.0, null),
						new StackSpec(decoder, false, 0.0, null), 3, Attention.NONE, false, 2));
	}

	/** Both conditionings of each cell, with and without feature layers. */
	static List<ConditionedDecoderArchitecture> conditionedDecoders(int units) {
		List<ConditionedDecoderArchitecture> all = new ArrayList<>();
		List<CellSpec> cells = new ArrayList<>(CellSamples.trained(units));
		cells.add(CellSamples.ofEachRecurrence(units).get(3));
		List<FeatureLayer> dense = List.of(new FeatureLayer(4, Nonlinearity.RELU, 0),
				new FeatureLayer(2, Nonlinearity.TANH, 0));
		for (int i = 0; i < cells.size(); i++) {
			CellSpec next = cells.get((i + 1) % cells.size());
			for (Conditioning conditioning : Conditioning.values()) {
				all.add(conditionedDecoder(List.of(cells.get(i)), conditioning, List.of()));
				all.add(conditionedDecoder(List.of(cells.get(i), next), conditioning, dense));
			}
		}
		return all;
	}

	private static ConditionedDecoderArchitecture conditionedDecoder(List<CellSpec> decoder, Conditioning conditioning,
			List<FeatureLayer> featureLayers) {
		return new ConditionedDecoderArchitecture(FEATURES, 7,
				new ConditionedDecoderSpec(new StackSpec(decoder, false, 0.0, null), 3, conditioning, featureLayers));
	}

	private static EncoderDecoderArchitecture encoderDecoder(List<CellSpec> encoder, boolean bidirectional,
			List<CellSpec> decoder, Attention attention) {
		return new EncoderDecoderArchitecture(VOCABULARY, 7,
				new EncoderDecoderSpec(new StackSpec(encoder, bidirectional, 0.0, null),
						new StackSpec(decoder, false, 0.0, null), 3, attention));
	}

	/** With an output layer, and maybe a source, that has the vectors of the target. */
	private static EncoderDecoderArchitecture tied(boolean sharedVocabulary, List<CellSpec> encoder,
			List<CellSpec> decoder, Attention attention) {
		return new EncoderDecoderArchitecture(sharedVocabulary ? 7 : VOCABULARY, 7, sharedVocabulary,
				new EncoderDecoderSpec(new StackSpec(encoder, false, 0.0, null),
						new StackSpec(decoder, false, 0.0, null), 3, attention, true, null));
	}

	/** Of networks that do not learn yet. */
	static LearningSpec learning(long seed) {
		return new LearningSpec(OptimizerSpec.standard(), GradientClipping.none(), 1, seed);
	}

	/** A random batch; rows of the given lengths. */
	static Batch batch(Architecture<?> architecture, long seed, int... lengths) {
		Random random = new Random(seed);
		if (architecture instanceof SequenceArchitecture sequence) {
			Sequences inputs = (sequence.input() instanceof StepInput.Values) ? values(random, lengths)
					: tokens(random, VOCABULARY, lengths);
			return new Batch(inputs, null, targets(random, sequence.output(), inputs));
		}
		if (architecture instanceof AutoencoderArchitecture autoencoder) {
			return autoencoded((autoencoder.input() instanceof StepInput.Values) ? values(random, lengths)
					: tokens(random, VOCABULARY, lengths));
		}
		if (architecture instanceof ConditionedDecoderArchitecture conditioned) {
			int[] single = new int[lengths.length];
			Arrays.fill(single, 1);
			return new Batch(values(random, single), tokens(random, conditioned.vocabulary(), lengths),
					new Targets.Classes(tokens(random, conditioned.vocabulary(), lengths).ids()));
		}
		EncoderDecoderArchitecture encoderDecoder = (EncoderDecoderArchitecture) architecture;
		Sequences.Tokens sources = tokens(random, encoderDecoder.sourceVocabulary(), lengths);
		int[] reversed = new int[lengths.length];
		for (int i = 0; i < lengths.length; i++) {
			reversed[i] = Math.max(1, lengths[lengths.length - 1 - i] - 1);
		}
		Sequences.Tokens previous = tokens(random, encoderDecoder.targetVocabulary(), reversed);
		return new Batch(sources, previous,
				new Targets.Classes(tokens(random, encoderDecoder.targetVocabulary(), reversed).ids()));
	}

	/** A batch that should be answered with what is read. */
	static Batch autoencoded(Sequences inputs) {
		return new Batch(inputs, null, (inputs instanceof Sequences.Values values)
				? new Targets.Values(values.data(), 0) : new Targets.Classes(((Sequences.Tokens) inputs).ids()));
	}

	static Sequences.Values values(Random random, int... lengths) {
		int steps = new Sequences.Tokens(new int[0], lengths).steps();
		float[] data = new float[steps * FEATURES * lengths.length];
		for (int i = 0; i < data.length; i++) {
			data[i] = random.nextFloat() * 2 - 1;
		}
		return new Sequences.Values(FEATURES, data, lengths);
	}

	static Sequences.Tokens tokens(Random random, int vocabulary, int... lengths) {
		int steps = new Sequences.Tokens(new int[0], lengths).steps();
		return new Sequences.Tokens(random.ints((long) steps * lengths.length, 0, vocabulary).toArray(), lengths);
	}

	private static @Nullable Targets targets(Random random, Output output, Sequences inputs) {
		int count = inputs.batch() * (output.everyStep() ? inputs.steps() : 1);
		if (output.kind() == Kind.CLASSES) {
			return new Targets.Classes(random.ints(count, 0, output.size()).toArray());
		}
		float[] data = new float[count * output.size()];
		for (int i = 0; i < data.length; i++) {
			data[i] = random.nextFloat() * 2 - 1;
		}
		return new Targets.Values(data, 0);
	}

}
