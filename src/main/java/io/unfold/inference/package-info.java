/**
 * Answers from trained models: predictors are loaded once, shared by all threads, and run
 * on a bounded pool.
 */
@ApplicationModule(allowedDependencies = { "model", "task", "task :: autoencoding", "task :: captioning",
		"task :: generation", "task :: translation", "nn", "nn :: cell", "nn :: decoding", "nn :: network", "data",
		"problem", "problem :: web" })
@NullMarked
package io.unfold.inference;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
