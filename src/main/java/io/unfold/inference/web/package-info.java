/** Inference over HTTP. */
@NullMarked
package io.unfold.inference.web;

import org.jspecify.annotations.NullMarked;
