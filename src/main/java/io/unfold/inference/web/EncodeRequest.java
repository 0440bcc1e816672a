package io.unfold.inference.web;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sequences whose codes are wanted.
 *
 * @param sequences a list of S, at least one
 */
record EncodeRequest(@Nullable JsonNode sequences) {
}
