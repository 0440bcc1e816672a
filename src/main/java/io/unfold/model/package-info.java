/** The registry of trained models. */
@ApplicationModule(allowedDependencies = { "nn :: network", "paging", "problem", "problem :: web", "storage" })
@NullMarked
package io.unfold.model;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
