/** The registry of trained models. */
@NullMarked
package io.unfold.model;

import org.jspecify.annotations.NullMarked;
