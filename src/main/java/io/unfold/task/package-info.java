/** The tasks: ways of mapping sequences. */
@ApplicationModule(allowedDependencies = { "nn :: cell", "nn :: decoding", "nn :: network", "data", "problem" })
@NullMarked
package io.unfold.task;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
