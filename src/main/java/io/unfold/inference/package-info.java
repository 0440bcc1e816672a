/** Answers from trained models. */
@NullMarked
package io.unfold.inference;

import org.jspecify.annotations.NullMarked;
