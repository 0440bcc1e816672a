/**
 * Specs, and the networks that are built from them: for training a DL4J graph, for
 * serving its immutable twin.
 */
@NamedInterface("network")
@NullMarked
package io.unfold.nn.network;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
