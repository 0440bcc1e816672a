/**
 * The data folder, and writing into it so that a crash at any moment leaves nothing half
 * written.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.unfold.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
