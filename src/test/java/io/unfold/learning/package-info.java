/**
 * What recurrent networks are known to learn, as requests that anybody can post:
 * {@code ./mvnw -q -Plearning} runs all of them.
 */
@NullMarked
package io.unfold.learning;

import org.jspecify.annotations.NullMarked;
