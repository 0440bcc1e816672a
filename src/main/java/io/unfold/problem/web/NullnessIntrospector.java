package io.unfold.problem.web;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;

/**
 * Reads JSpecify's annotations as the contract of a record: what is not {@code @Nullable}
 * must be there and must not be null, and so must the elements of a list.
 */
class NullnessIntrospector extends AnnotationIntrospector {

	@Override
	public Version version() {
		return Version.unknownVersion();
	}

	@Override
	public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
		AnnotatedType type = parameterType(member);
		return (type != null && !type.isAnnotationPresent(Nullable.class)) ? Boolean.TRUE : null;
	}

	@Override
	public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
		AnnotatedType type = parameterType(annotated);
		if (type == null) {
			return JsonSetter.Value.empty();
		}
		Nulls nulls = type.isAnnotationPresent(Nullable.class) ? Nulls.DEFAULT : Nulls.FAIL;
		return JsonSetter.Value.construct(nulls, contentNulls(type));
	}

	private static Nulls contentNulls(AnnotatedType type) {
		if (type instanceof AnnotatedParameterizedType parameterized) {
			AnnotatedType[] arguments = parameterized.getAnnotatedActualTypeArguments();
			if (!arguments[arguments.length - 1].isAnnotationPresent(Nullable.class)) {
				return Nulls.FAIL;
			}
		}
		return Nulls.DEFAULT;
	}

	/** The type of a creator's parameter in a null-marked package; null otherwise. */
	private static @Nullable AnnotatedType parameterType(Annotated annotated) {
		if (annotated instanceof AnnotatedParameter parameter
				&& parameter.getOwner().getMember() instanceof Executable creator
				&& creator.getDeclaringClass().getPackage().isAnnotationPresent(NullMarked.class)) {
			return creator.getAnnotatedParameterTypes()[parameter.getIndex()];
		}
		return null;
	}

}
