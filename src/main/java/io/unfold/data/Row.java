package io.unfold.data;

import java.util.BitSet;
import java.util.List;

import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;

/**
 * The cells of a row of CSV or TSV, and where they stand.
 *
 * @param line line on which the row begins, from 1
 * @param quoted the cells that were quoted
 * @param quote what they were quoted with
 */
record Row(long line, List<String> cells, BitSet quoted, char quote) {

	/** Something that is wrong with a cell, or with the place behind the last. */
	InvalidRequestException invalid(int cell, String detail) {
		long line = this.line;
		int column = 1;
		for (int i = 0; i < Math.min(cell, this.cells.size()); i++) {
			String text = this.cells.get(i);
			boolean quoted = this.quoted.get(i);
			column += quoted ? 1 : 0;
			for (int j = 0; j < text.length(); j++) {
				char c = text.charAt(j);
				if (c == '\n' && j > 0 && text.charAt(j - 1) == '\r') {
					continue;
				}
				if (c == '\n' || c == '\r') {
					line++;
					column = 1;
				}
				else if (!Character.isLowSurrogate(c)) {
					// a quote inside quotes is written twice
					column += (c == this.quote && quoted) ? 2 : 1;
				}
			}
			column += quoted ? 1 : 0;
			// the separator, which the last cell lacks
			column += (i < this.cells.size() - 1) ? 1 : 0;
		}
		return new InvalidRequestException(Violation.at(line, column, detail));
	}

}
