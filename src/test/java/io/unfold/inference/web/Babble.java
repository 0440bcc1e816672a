package io.unfold.inference.web;

import java.util.List;

import io.unfold.data.Vocabulary;
import io.unfold.inference.web.GenerateController.Answer;
import io.unfold.nn.cell.Gru;
import io.unfold.nn.decoding.Sampling;
import io.unfold.nn.network.GradientClipping;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.OptimizerSpec;
import io.unfold.nn.network.Output;
import io.unfold.nn.network.SequenceArchitecture;
import io.unfold.nn.network.StackSpec;
import io.unfold.nn.network.StepInput;
import io.unfold.nn.network.Tensors;
import io.unfold.task.TaskSpec;
import io.unfold.task.generation.GenerationRequest;
import io.unfold.task.generation.Generator;
import tools.jackson.databind.json.JsonMapper;

/** Texts of a language model that has learned nothing, and never ends a text. */
final class Babble {

	private static final Generator GENERATOR = generator();

	private Babble() {
	}

	private static Generator generator() {
		JsonMapper json = JsonMapper.shared();
		Vocabulary vocabulary = new Vocabulary(Vocabulary.Kind.OPEN, List.of("a", "b", "c", "\n", "\"", "\u00e9"));
		StackSpec network = new StackSpec(List.of(new Gru(8, true)), false, 0, 4);
		Tensors parameters;
		try (var training = new SequenceArchitecture(new StepInput.Tokens(vocabulary.size()), network,
				new Output(Output.Kind.CLASSES, vocabulary.size(), true))
			.trainable(OptimizerSpec.standard(), new GradientClipping(1.0), 2)) {
			parameters = training.parameters();
		}
		return (Generator) json.readValue("{\"type\": \"generation\"}", TaskSpec.class)
			.trained(json.readTree("""
					{"tokenizer": "characters", "start": 4, "readsUnknown": false, "vocabulary": %s}"""
				.formatted(json.writeValueAsString(vocabulary))), (NetworkSpec) network, parameters);
	}

	static Answer text(String prompt, int maxTokens, String... stop) {
		return new Answer("babble", 1, 7, GENERATOR
			.write(new GenerationRequest(prompt, maxTokens, new Sampling(1, null, null), List.of(stop), 7)));
	}

}
