/** Answers from trained models. */
@ApplicationModule(
		allowedDependencies = { "model", "task", "nn :: cell", "nn :: decoding", "nn :: network", "data", "problem" })
@NullMarked
package io.unfold.inference;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
