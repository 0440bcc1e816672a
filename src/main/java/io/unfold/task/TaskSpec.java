package io.unfold.task;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a network is to learn, as a request describes it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface TaskSpec permits Classification, Forecasting, Translation {

	/** The task's name, as in {@code task.type} of a request. */
	String type();

}
