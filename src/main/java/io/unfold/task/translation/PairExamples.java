package io.unfold.task.translation;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import io.unfold.data.Codecs;
import io.unfold.data.SpillingList;
import io.unfold.nn.decoding.Markers;
import io.unfold.nn.network.Batch;
import io.unfold.task.Examples;
import io.unfold.task.sequence.TokenEncoder;
import io.unfold.task.text.TeacherForcing;
import io.unfold.task.translation.Translation.Pair;

/**
 * Encoded pairs.
 *
 * @param sources [example][time]
 * @param targets [example][time], without start and end
 * @param sourceSteps [example]
 * @param targetSteps [example]
 */
record PairExamples(List<int[]> sources, List<int[]> targets, int[] sourceSteps, int[] targetSteps,
		Markers markers) implements Examples {

	/**
	 * Encodes pairs, however many there are.
	 * @param scratch folder for what does not fit into the heap
	 */
	static PairExamples of(List<Pair> pairs, TokenEncoder source, TokenEncoder target, Markers markers, Path scratch) {
		List<int[]> sources = new SpillingList<>(scratch, Codecs.IDS);
		List<int[]> targets = new SpillingList<>(scratch, Codecs.IDS);
		int[] sourceSteps = new int[pairs.size()];
		int[] targetSteps = new int[pairs.size()];
		for (Pair pair : pairs) {
			int[] read = source.encode(pair.source(), "/source");
			int[] written = target.encode(pair.target(), "/target");
			sourceSteps[sources.size()] = read.length;
			targetSteps[targets.size()] = written.length;
			sources.add(read);
			targets.add(written);
		}
		return new PairExamples(sources, targets, sourceSteps, targetSteps, markers);
	}

	@Override
	public int size() {
		return this.sources.size();
	}

	@Override
	public int steps(int example) {
		return this.sourceSteps[example];
	}

	@Override
	public int decoderSteps(int example) {
		return this.targetSteps[example] + 1;
	}

	@Override
	public int targets(int example) {
		return decoderSteps(example);
	}

	@Override
	public Batch batch(int... examples) {
		TeacherForcing forcing = new TeacherForcing(this.targets, this.markers);
		return new Batch(TokenEncoder.pack(IntStream.of(examples).mapToObj(this.sources::get).toList()),
				forcing.inputs(examples), forcing.answers(examples));
	}

}
