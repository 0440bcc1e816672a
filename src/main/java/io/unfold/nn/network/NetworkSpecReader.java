package io.unfold.nn.network;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.util.TokenBuffer;

/**
 * Reads the kind of network that has the most of the fields that are given; among those
 * that have as many, the one that {@link NetworkSpec} permits first.
 */
final class NetworkSpecReader extends StdDeserializer<NetworkSpec> {

	NetworkSpecReader() {
		super(NetworkSpec.class);
	}

	@Override
	public NetworkSpec deserialize(JsonParser parser, DeserializationContext context) {
		TokenBuffer network = context.bufferAsCopyOfValue(parser);
		Set<String> fields = new HashSet<>();
		try (JsonParser names = network.asParserOnFirstToken(context)) {
			while (names.nextName() != null) {
				fields.add(names.currentName());
				names.nextToken();
				names.skipChildren();
			}
		}
		// faults would tell of the token that ended all of it
		parser.clearCurrentToken();
		try (JsonParser values = network.asParserOnFirstToken(context)) {
			return context.readValue(values, kind(fields));
		}
	}

	/** The fields are all that tells the kind. */
	@Override
	public Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer type) {
		return deserialize(parser, context);
	}

	private static Class<? extends NetworkSpec> kind(Set<String> fields) {
		Class<? extends NetworkSpec> best = StackSpec.class;
		long most = -1;
		for (Class<?> kind : NetworkSpec.class.getPermittedSubclasses()) {
			long known = Arrays.stream(kind.getRecordComponents())
				.map(RecordComponent::getName)
				.filter(fields::contains)
				.count();
			if (known > most) {
				most = known;
				best = kind.asSubclass(NetworkSpec.class);
			}
		}
		return best;
	}

}
