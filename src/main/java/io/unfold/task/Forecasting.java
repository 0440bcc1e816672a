package io.unfold.task;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** TODO. */
@JsonTypeName("forecasting")
public record Forecasting() implements TaskSpec {

	@Override
	public String type() {
		return "forecasting";
	}

}
