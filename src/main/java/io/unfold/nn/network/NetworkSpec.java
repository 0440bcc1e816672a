package io.unfold.nn.network;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * The shape of a network, as a request describes it. The fields that are given tell which
 * one it is; a decoder alone is a conditioned one.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION, defaultImpl = StackSpec.class)
@JsonDeserialize(using = NetworkSpecReader.class)
public sealed interface NetworkSpec permits StackSpec, ConditionedDecoderSpec, EncoderDecoderSpec {

}
