/** The cells as DL4J layers and vertices. */
@NullMarked
package io.unfold.nn.layer;

import org.jspecify.annotations.NullMarked;
