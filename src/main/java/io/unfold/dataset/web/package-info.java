/** Datasets over HTTP. */
@NullMarked
package io.unfold.dataset.web;

import org.jspecify.annotations.NullMarked;
