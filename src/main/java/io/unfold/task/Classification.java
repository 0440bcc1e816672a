package io.unfold.task;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** TODO. */
@JsonTypeName("classification")
public record Classification() implements TaskSpec {

	@Override
	public String type() {
		return "classification";
	}

}
