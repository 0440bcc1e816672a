/** Recurrent cells and their kernels. */
@NamedInterface("cell")
@NullMarked
package io.unfold.nn.cell;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
