/** Training jobs on a worker pool. */
@ApplicationModule(allowedDependencies = { "training", "task", "nn :: cell", "nn :: network", "data", "dataset",
		"model", "problem" })
@NullMarked
package io.unfold.job;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
