/** The registry of trained models. */
@ApplicationModule(allowedDependencies = { "nn :: cell", "nn :: network", "problem" })
@NullMarked
package io.unfold.model;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
