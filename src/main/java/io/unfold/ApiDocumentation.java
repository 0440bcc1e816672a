package io.unfold;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.servers.Server;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the API as a whole says about itself. */
@Configuration(proxyBeanMethods = false)
class ApiDocumentation {

	static {
		// a tree is any JSON; its Java methods are nobody's business
		SpringDocUtils.getConfig()
			.replaceWithClass(JsonNode.class, Object.class)
			.replaceWithClass(ObjectNode.class, Object.class)
			.replaceWithClass(ArrayNode.class, Object[].class);
	}

	@Bean
	OpenAPI api(ObjectProvider<BuildProperties> build) {
		BuildProperties properties = build.getIfAvailable();
		return new OpenAPI()
			.info(new Info().title("Unfold")
				.version((properties != null) ? properties.getVersion() : "development")
				.description(
						"""
								Trains recurrent networks on sequences, as jobs, and serves them.

								Choose a dataset (`GET /api/v1/datasets` lists those that are bundled) or store \
								one, post a training job, watch it, and call the model it publishes. Errors are problem documents (RFC 9457) that name \
								the field, or the line and column of a data file, that is at fault.""")
				.license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")))
			.addServersItem(new Server().url("/").description("this service"));
	}

}
