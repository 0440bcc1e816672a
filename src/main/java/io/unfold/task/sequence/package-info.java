/** What tasks share that read a sequence. */
@NullMarked
package io.unfold.task.sequence;

import org.jspecify.annotations.NullMarked;
