package io.unfold.inference.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.unfold.task.generation.Writing;

/**
 * A text that a model has written.
 *
 * @param model name of the model
 * @param version its version
 * @param text without the prompt and the stop string
 * @param finishReason length: it has as many tokens as were asked for; stop: a stop
 * string came; end: the model has ended it
 * @param tokens how many were written, those of the stop string among them
 * @param seed sent again with the same request it gives the same text
 */
record GenerateResponse(String model, int version, String text, @Schema(type = "string", allowableValues = {
		"length", "stop", "end" }) Writing.FinishReason finishReason, int tokens, long seed){

}
