/** Lists that are given page by page. */
@ApplicationModule(allowedDependencies = "problem")
@NullMarked
package io.unfold.paging;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
