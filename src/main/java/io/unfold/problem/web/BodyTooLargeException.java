package io.unfold.problem.web;

import java.io.IOException;

import org.springframework.util.unit.DataSize;

/** A request's body went over the limit while it was being read (413). */
class BodyTooLargeException extends IOException {

	BodyTooLargeException(DataSize limit) {
		super(detail(limit));
	}

	static String detail(DataSize limit) {
		return "The body is larger than " + limit.toBytes()
				+ " bytes: send less at a time, or upload a dataset as a file (multipart/form-data)";
	}

}
