package io.unfold.problem.web;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Documents the problems of operations, as {@link Problems} names them. */
@Configuration(proxyBeanMethods = false)
class ProblemDocumentation {

	private static final String SCHEMA = "Problem";

	@Bean
	OperationCustomizer problemResponses() {
		return (operation, method) -> {
			Problems problems = method.getMethodAnnotation(Problems.class);
			if (problems != null) {
				for (ProblemType type : problems.value()) {
					add(operation, type);
				}
			}
			return operation;
		};
	}

	private static void add(Operation operation, ProblemType type) {
		Schema<?> schema = new Schema<>().$ref("#/components/schemas/" + SCHEMA);
		Content content = new Content().addMediaType(Problem.MEDIA_TYPE, new MediaType().schema(schema));
		operation.getResponses()
			.addApiResponse(String.valueOf(type.status()),
					new ApiResponse().description(type.title()).content(content));
	}

	@Bean
	OpenApiCustomizer problemSchema() {
		return (api) -> {
			if (api.getComponents() == null) {
				api.setComponents(new Components());
			}
			ResolvedSchema resolved = ModelConverters.getInstance(true)
				.resolveAsResolvedSchema(new AnnotatedType(Problem.class));
			api.getComponents().addSchemas(SCHEMA, resolved.schema);
			resolved.referencedSchemas.forEach(api.getComponents()::addSchemas);
		};
	}

}
