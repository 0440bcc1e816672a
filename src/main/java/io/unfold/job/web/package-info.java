/** Training jobs over HTTP. */
@NullMarked
package io.unfold.job.web;

import org.jspecify.annotations.NullMarked;
