package io.unfold.job.web;

import io.unfold.paging.Page;
import org.jspecify.annotations.Nullable;

/** The end of a slice of the list of jobs, as a page's token. */
final class PageToken {

	private PageToken() {
	}

	static @Nullable String of(@Nullable Long end) {
		return (end != null) ? Page.encode(end.toString()) : null;
	}

	/** A token that stands for no number stands before all jobs: its page is empty. */
	static @Nullable Long read(@Nullable String token) {
		if (token == null || token.isEmpty()) {
			return null;
		}
		try {
			return Long.valueOf(Page.decode(token));
		}
		catch (NumberFormatException ex) {
			return 0L;
		}
	}

}
