/** Stored datasets. */
@ApplicationModule(allowedDependencies = { "data", "problem" })
@NullMarked
package io.unfold.dataset;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
