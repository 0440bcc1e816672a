/**
 * Problems over HTTP: every error is an RFC 9457 problem document, and what is read from
 * JSON is read strictly.
 */
@NullMarked
@NamedInterface("web")
package io.unfold.problem.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
