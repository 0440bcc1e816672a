package io.unfold.problem.web;

import java.io.IOException;

/** The bodies of other requests leave no room for this one's (429). */
class BusyException extends IOException {

	BusyException() {
		super("Too many large requests are being worked on: try again in a moment");
	}

}
