/** Recurrent cells and their kernels. */
@NullMarked
package io.unfold.nn.cell;

import org.jspecify.annotations.NullMarked;
