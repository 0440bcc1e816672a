/** Linear algebra in double precision, as readouts need it. */
@NullMarked
package io.unfold.nn.linear;

import org.jspecify.annotations.NullMarked;
