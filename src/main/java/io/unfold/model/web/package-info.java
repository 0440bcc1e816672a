/** Models over HTTP. */
@NullMarked
package io.unfold.model.web;

import org.jspecify.annotations.NullMarked;
