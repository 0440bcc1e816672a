package io.unfold.nn.network;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * The shape of a network, as a request describes it. The fields that are given tell which
 * one it is.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION, defaultImpl = StackSpec.class)
public sealed interface NetworkSpec permits StackSpec, EncoderDecoderSpec {

}
