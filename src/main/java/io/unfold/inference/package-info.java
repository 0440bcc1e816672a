/**
 * Answers from trained models: predictors are loaded once, shared by all threads, and run
 * on a bounded pool.
 */
@NullMarked
package io.unfold.inference;

import org.jspecify.annotations.NullMarked;
