package io.unfold.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
import io.unfold.task.Split;
import org.jspecify.annotations.Nullable;

/**
 * What a network is trained on, and what is held out for its own sake.
 *
 * @param examples of which a share may be held out
 * @param validation null where a share of the examples is
 * @param test null where a share of the examples is, or nothing
 */
public record TrainingData(DataSource examples, @Nullable DataSource validation, @Nullable DataSource test) {

	/** Where a request names the dataset that is held out for validation. */
	public static final String VALIDATION = "/training/validation/dataset";

	/** Where a request names the dataset that is held out for the evaluation. */
	public static final String TEST = "/training/test/dataset";

	private static final Set<String> POINTERS = Set.of(VALIDATION, TEST);

	/** Examples of which a share is held out. */
	public static TrainingData of(DataSource examples) {
		return new TrainingData(examples, null, null);
	}

	/** Whether a fault is one of a dataset that is held out, with its lines. */
	public static boolean isOfHeldOut(Violation fault) {
		return fault.pointer() != null && POINTERS.contains(fault.pointer());
	}

	/** All of it, one after the other. */
	Joined joined() {
		List<Piece> pieces = new ArrayList<>();
		pieces.add(new Piece(null, this.examples));
		if (this.validation != null) {
			pieces.add(new Piece(VALIDATION, this.validation));
		}
		if (this.test != null) {
			pieces.add(new Piece(TEST, this.test));
		}
		return new Joined(pieces);
	}

	/**
	 * @param pointer where a request names it; null: the examples
	 */
	private record Piece(@Nullable String pointer, DataSource source) {
	}

	/**
	 * Several sources as one. Lines of each are counted on from those of the one before,
	 * and told apart again.
	 */
	static final class Joined implements DataSource {

		private final List<Piece> pieces;

		/** What has been added to the lines of each piece, as far as it has been read. */
		private final long[] shifts;

		private Joined(List<Piece> pieces) {
			this.pieces = pieces;
			this.shifts = new long[pieces.size()];
		}

		@Override
		public Path scratch() {
			return this.pieces.get(0).source().scratch();
		}

		/** Whether nothing is held out for its own sake. */
		boolean isOne() {
			return this.pieces.size() == 1;
		}

		/** A split that knows how many records there are of each. */
		Split count(Split split) {
			int[] counts = new int[3];
			try (Stream<DataRecord> records = records()) {
				records.filter((record) -> !record.continued()).forEach((record) -> counts[role(record.line())]++);
			}
			return split.with(counts[0], counts[1], counts[2]);
		}

		/** 0 for an example, 1 for validation, 2 for test. */
		private int role(long line) {
			String pointer = this.pieces.get(piece(line)).pointer();
			return (pointer == null) ? 0 : pointer.equals(VALIDATION) ? 1 : 2;
		}

		/** The piece that a line is of, as far as they have been read. */
		private int piece(long line) {
			int piece = 0;
			while (piece + 1 < this.shifts.length && this.shifts[piece + 1] > 0 && line > this.shifts[piece + 1]) {
				piece++;
			}
			return piece;
		}

		@Override
		public Stream<DataRecord> records() {
			Pieces records = new Pieces();
			return StreamSupport.stream(records, false).onClose(records::close);
		}

		/** The same faults, each in the dataset that it is of. */
		InvalidRequestException located(InvalidRequestException faults) {
			return new InvalidRequestException(faults.violations().stream().map(this::located).toList());
		}

		private Violation located(Violation fault) {
			if (fault.line() == null || isOfHeldOut(fault)) {
				return fault;
			}
			int piece = piece(fault.line());
			String pointer = this.pieces.get(piece).pointer();
			return (pointer != null) ? of(pointer, fault, fault.line() - this.shifts[piece]) : fault;
		}

		private static Violation of(String pointer, Violation fault, @Nullable Long line) {
			String field = fault.pointer();
			String detail = (field == null || field.isEmpty()) ? fault.detail()
					: "'" + field.substring(1) + "' " + fault.detail();
			return new Violation(pointer, line, fault.column(), detail);
		}

		/** The records of one piece after the other. */
		private final class Pieces extends AbstractSpliterator<DataRecord> {

			private int next;

			private @Nullable Stream<DataRecord> open;

			private @Nullable Spliterator<DataRecord> records;

			private long line;

			Pieces() {
				super(Long.MAX_VALUE, ORDERED | NONNULL);
			}

			@Override
			public boolean tryAdvance(Consumer<? super DataRecord> action) {
				while (true) {
					if (this.records == null) {
						if (this.next == Joined.this.pieces.size()) {
							return false;
						}
						Joined.this.shifts[this.next] = this.line;
						this.open = Joined.this.pieces.get(this.next).source().records();
						this.records = this.open.spliterator();
						this.next++;
					}
					DataRecord record = read(this.records);
					if (record != null) {
						action.accept(record);
						return true;
					}
					close();
					this.records = null;
				}
			}

			private @Nullable DataRecord read(Spliterator<DataRecord> from) {
				int piece = this.next - 1;
				String pointer = Joined.this.pieces.get(piece).pointer();
				List<DataRecord> read = new ArrayList<>(1);
				try {
					if (!from.tryAdvance(read::add)) {
						return null;
					}
				}
				catch (InvalidRequestException ex) {
					throw (pointer == null) ? ex : new InvalidRequestException(
							ex.violations().stream().map((fault) -> of(pointer, fault, fault.line())).toList());
				}
				DataRecord record = read.get(0);
				this.line = record.line() + Joined.this.shifts[piece];
				return (piece == 0) ? record : new DataRecord(this.line, record.fields(), record.continued());
			}

			void close() {
				if (this.open != null) {
					this.open.close();
				}
			}

		}

	}

}
