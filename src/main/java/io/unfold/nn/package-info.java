/** The recurrent engine. */
@ApplicationModule(allowedDependencies = "problem")
@NullMarked
package io.unfold.nn;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
