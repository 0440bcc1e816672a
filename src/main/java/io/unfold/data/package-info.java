/**
 * Reading sequences: records of files, tokens, vocabularies, scaling. Knows nothing of
 * networks.
 */
@ApplicationModule(allowedDependencies = "problem")
@NullMarked
package io.unfold.data;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
