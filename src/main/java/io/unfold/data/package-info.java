/**
 * Reading sequences: records of files, tokens, vocabularies, scaling. Knows nothing of
 * networks.
 */
@NullMarked
package io.unfold.data;

import org.jspecify.annotations.NullMarked;
