/** Stored datasets. */
@ApplicationModule(allowedDependencies = { "data", "paging", "problem", "problem :: web", "storage" })
@NullMarked
package io.unfold.dataset;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
