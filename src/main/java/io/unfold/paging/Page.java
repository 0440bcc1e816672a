package io.unfold.paging;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.unfold.problem.MalformedRequestException;
import io.unfold.problem.Violation;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param items what is on it
 * @param nextPageToken asks for the next page; null on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Page<T>(List<T> items, @Nullable String nextPageToken) {

	/** The largest number of items that a page may have. */
	public static final int MAX_SIZE = 1000;

	/**
	 * The page after the one that gave the token. It holds its place when items come and
	 * go, because the token is the key of the last item seen.
	 * @param sorted all items, ascending by key
	 * @param key unique among the items
	 * @param pageSize items at most, 1 to {@value #MAX_SIZE}
	 * @param pageToken null for the first page
	 * @throws MalformedRequestException when the size or the token is not valid
	 */
	public static <T> Page<T> of(List<T> sorted, Function<T, String> key, int pageSize, @Nullable String pageToken) {
		checkSize(pageSize);
		String after = (pageToken != null && !pageToken.isEmpty()) ? decode(pageToken) : null;
		List<T> rest = (after == null) ? sorted
				: sorted.stream().filter((item) -> key.apply(item).compareTo(after) > 0).toList();
		if (rest.size() <= pageSize) {
			return new Page<>(rest, null);
		}
		List<T> items = List.copyOf(rest.subList(0, pageSize));
		return new Page<>(items, encode(key.apply(items.get(pageSize - 1))));
	}

	/** Checks the size that a client asked for. */
	public static void checkSize(int pageSize) {
		if (pageSize < 1 || pageSize > MAX_SIZE) {
			throw invalid("The parameter 'pageSize' must be between 1 and " + MAX_SIZE + ", but is " + pageSize);
		}
	}

	/** A token that stands for a key. */
	public static String encode(String key) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(("k" + key).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * The key that a token stands for.
	 * @throws MalformedRequestException when it is no token
	 */
	public static String decode(String token) {
		try {
			String key = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
			if (key.startsWith("k")) {
				return key.substring(1);
			}
		}
		catch (IllegalArgumentException ex) {
			// not Base64: not a token
		}
		throw invalid("The parameter 'pageToken' must be the 'nextPageToken' of the page before");
	}

	private static MalformedRequestException invalid(String detail) {
		return new MalformedRequestException(new Violation(null, null, null, detail));
	}

}
