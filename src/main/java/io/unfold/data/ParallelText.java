package io.unfold.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
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
		TextReader sources = new TextReader(source);
		TextReader targets = new TextReader(target);
		JsonMapper json = JsonMapper.shared();
		Lengths lefts = new Lengths();
		Lengths rights = new Lengths();
		long pairs = 0;
		long blank = 0;
		while (true) {
			String left = line(sources, most, "/source");
			String right = line(targets, most, "/target");
			lefts.add(left);
			rights.add(right);
			if (left == null || right == null) {
				if (left != null || right != null) {
					throw unequal(sources, lefts, targets, rights);
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

	private static @Nullable String line(TextReader reader, int most, String pointer) throws IOException {
		try {
			return reader.readLine(most);
		}
		catch (InvalidRequestException ex) {
			throw ex.under(pointer);
		}
	}

	private static InvalidRequestException unequal(TextReader sources, Lengths lefts, TextReader targets,
			Lengths rights) throws IOException {
		count(sources, lefts, "/source");
		count(targets, rights, "/target");
		String detail = "must have as many lines as the source, a line for each, but has " + targets.lineNumber()
				+ " where the source has " + sources.lineNumber();
		int shift = (lefts.all() && rights.all()) ? Shift.of(lefts.toArray(), rights.toArray()) : -1;
		return new InvalidRequestException((shift < 0) ? Violation.of("/target", detail) : new Violation("/target",
				shift + 1L, null, detail + "; by the lengths of the lines they are shifted from about this line on"));
	}

	private static void count(TextReader reader, Lengths lengths, String pointer) throws IOException {
		String line;
		while ((line = line(reader, ReadingLimits.STANDARD.record(), pointer)) != null) {
			lengths.add(line);
		}
	}

	/** The lengths of a text's lines, unless there are too many to keep. */
	private static final class Lengths {

		private static final int MOST = 1 << 20;

		private int[] values = new int[1 << 10];

		private int size;

		void add(@Nullable String line) {
			if (line == null) {
				return;
			}
			if (this.size == this.values.length && this.size < MOST) {
				this.values = Arrays.copyOf(this.values, 2 * this.size);
			}
			if (this.size < this.values.length) {
				this.values[this.size] = line.strip().length();
			}
			this.size++;
		}

		boolean all() {
			return this.size <= MOST;
		}

		int[] toArray() {
			return Arrays.copyOf(this.values, this.size);
		}

	}

}
