/** Unfold: recurrent networks trained and served over REST. */
@NullMarked
package io.unfold;

import org.jspecify.annotations.NullMarked;
