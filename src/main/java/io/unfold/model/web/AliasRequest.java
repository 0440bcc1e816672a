package io.unfold.model.web;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * @param version the version that the alias refers to
 */
record AliasRequest(@Schema(description = "The version that the alias refers to.", minimum = "1",
		requiredMode = Schema.RequiredMode.REQUIRED) int version) {
}
