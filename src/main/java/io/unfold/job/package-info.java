/** Training jobs on a worker pool. */
@ApplicationModule(allowedDependencies = { "training", "task", "nn :: cell", "nn :: network", "data", "dataset",
		"model", "paging", "problem", "problem :: web", "storage" })
@NullMarked
package io.unfold.job;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
