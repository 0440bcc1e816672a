package io.unfold.inference.web;

/**
 * Another text that a search has found.
 *
 * @param score mean log-probability per token
 */
record Alternative(String text, double score) {
}
