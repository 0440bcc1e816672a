package io.unfold.model;

import java.time.Instant;

import io.unfold.nn.network.Tensors;
import tools.jackson.databind.JsonNode;

/** A published model: immutable, a directory on disk. */
public interface ModelVersion {

	String name();

	/** From 1. */
	int version();

	Instant createdAt();

	/** Spec of the task, with its {@code type}. */
	JsonNode task();

	JsonNode network();

	JsonNode training();

	JsonNode evaluation();

	JsonNode provenance();

	/** What the task fitted to the training data; read from disk on each call. */
	JsonNode fitted();

	/**
	 * The network's parameters, read from disk and checked against their hash on each
	 * call.
	 */
	Tensors parameters();

}
