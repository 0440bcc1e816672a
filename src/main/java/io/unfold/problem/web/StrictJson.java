package io.unfold.problem.web;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.introspect.AnnotationIntrospectorPair;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * How the service reads JSON: an unknown field, a field that is missing, a value of
 * another type, the same field twice, NaN and infinities are refused, never guessed at.
 */
public final class StrictJson {

	private StrictJson() {
	}

	/** The mapper of the service, for where there is no application context. */
	public static JsonMapper mapper() {
		JsonMapper.Builder builder = JsonMapper.builder(new StrictJsonFactory());
		configure(builder);
		return builder.build();
	}

	static void configure(JsonMapper.Builder builder) {
		builder
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
					DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
					DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
			.enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
			.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
			.withCoercionConfig(LogicalType.Textual,
					(coercion) -> coercion.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
			.withCoercionConfigDefaults(
					(coercion) -> coercion.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
			.annotationIntrospector(
					AnnotationIntrospectorPair.create(builder.annotationIntrospector(), new NullnessIntrospector()));
	}

}
