/**
 * The data folder, and writing into it so that a crash at any moment leaves nothing half
 * written.
 */
@NullMarked
package io.unfold.storage;

import org.jspecify.annotations.NullMarked;
