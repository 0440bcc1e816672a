/** The next values of a series. */
@NullMarked
package io.unfold.task.forecasting;

import org.jspecify.annotations.NullMarked;
