/** The recurrent engine. */
@NullMarked
package io.unfold.nn;

import org.jspecify.annotations.NullMarked;
