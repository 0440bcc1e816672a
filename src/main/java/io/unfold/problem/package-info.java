/**
 * What can be wrong with a request. The exceptions know nothing of HTTP; {@code web}
 * turns them into RFC 9457 problem documents.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.unfold.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
