/** Stored datasets. */
@NullMarked
package io.unfold.dataset;

import org.jspecify.annotations.NullMarked;
