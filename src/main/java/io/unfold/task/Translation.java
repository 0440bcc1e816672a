package io.unfold.task;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** TODO. */
@JsonTypeName("translation")
public record Translation() implements TaskSpec {

	@Override
	public String type() {
		return "translation";
	}

}
