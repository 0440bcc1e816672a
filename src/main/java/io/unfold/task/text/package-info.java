/** How good written texts are. */
@NullMarked
package io.unfold.task.text;

import org.jspecify.annotations.NullMarked;
