/** Training jobs on a worker pool. */
@NullMarked
package io.unfold.job;

import org.jspecify.annotations.NullMarked;
