package io.unfold.inference.web;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sequences of which is asked how odd they are.
 *
 * @param sequences a list of S, at least one
 * @param reconstruction whether to tell what the sequences are reconstructed as, and the
 * error of each step; by default false
 */
record ScoreRequest(@Nullable JsonNode sequences, @Nullable Boolean reconstruction) {
}
