package io.unfold.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

import io.unfold.problem.InvalidRequestException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two texts of as many lines, of which each line of one is a translation of the same line
 * of the other, as corpora are often kept: written as JSON lines of {@code source} and
 * {@code target}. Pairs of which a side is blank teach nothing and are left out.
 *
 * @param pairs that were written
 * @param blank pairs that were left out
 */
public record ParallelText(long pairs, long blank) {

	/**
	 * Reads both texts, in UTF-8.
	 * @throws InvalidRequestException when one has more lines than the other, or they
	 * cannot be read
	 */
	public static ParallelText write(InputStream source, InputStream target, OutputStream out) throws IOException {
		int most = ReadingLimits.STANDARD.record();
		Utf8Reader sources = new Utf8Reader(source);
		Utf8Reader targets = new Utf8Reader(target);
		JsonMapper json = JsonMapper.shared();
		long pairs = 0;
		long blank = 0;
		while (true) {
			String left = line(sources, most, "/source");
			String right = line(targets, most, "/target");
			if (left == null || right == null) {
				if (left != null || right != null) {
					throw unequal(sources, targets, most);
				}
				return new ParallelText(pairs, blank);
			}
			if (left.isBlank() || right.isBlank()) {
				blank++;
				continue;
			}
			ObjectNode pair = json.createObjectNode().put("source", left).put("target", right);
			out.write(json.writeValueAsString(pair).getBytes(StandardCharsets.UTF_8));
			out.write('\n');
			pairs++;
		}
	}

	private static @Nullable String line(Utf8Reader reader, int most, String pointer) throws IOException {
		try {
			return reader.readLine(most);
		}
		catch (InvalidRequestException ex) {
			throw ex.under(pointer);
		}
	}

	private static InvalidRequestException unequal(Utf8Reader sources, Utf8Reader targets, int most)
			throws IOException {
		while (line(sources, most, "/source") != null || line(targets, most, "/target") != null) {
			// counts to the end
		}
		return new InvalidRequestException("/target", "must have as many lines as the source, a line for each, but has "
				+ targets.lineNumber() + " where the source has " + sources.lineNumber());
	}

}
