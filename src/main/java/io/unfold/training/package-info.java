/** Training a network on a task's examples. */
@ApplicationModule(allowedDependencies = { "task", "nn :: cell", "nn :: network", "data", "problem" })
@NullMarked
package io.unfold.training;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
