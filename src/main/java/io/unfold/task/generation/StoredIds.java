package io.unfold.task.generation;

import java.nio.file.Path;

import io.unfold.data.Codecs;
import io.unfold.data.SpillingList;
import io.unfold.problem.InvalidRequestException;

/**
 * Ids of as many tokens as there come, which go to a file in blocks once there are too
 * many for the heap. Reading is thread-safe once all is added, and quick where it goes
 * on.
 */
final class StoredIds implements TokenIds {

	private static final int BLOCK = 1024;

	private final SpillingList<int[]> blocks;

	/** The block that is being filled; those before are in the list. */
	private int[] last = new int[BLOCK];

	private int length;

	/** The block that was read last. */
	private volatile Block read = new Block(-1, new int[0]);

	/**
	 * @param folder where the file would be
	 */
	StoredIds(Path folder) {
		this.blocks = new SpillingList<>(folder, Codecs.IDS);
	}

	void add(int id) {
		int at = this.length % BLOCK;
		this.last[at] = id;
		this.length++;
		if (this.length == Integer.MAX_VALUE) {
			throw new InvalidRequestException("/dataset",
					"has more than " + (Integer.MAX_VALUE - 1) + " tokens, the most that is trained on");
		}
		if (at == BLOCK - 1) {
			this.blocks.add(this.last);
			this.last = new int[BLOCK];
		}
	}

	@Override
	public int length() {
		return this.length;
	}

	@Override
	public int get(int index) {
		int number = index / BLOCK;
		if (number == this.blocks.size()) {
			return this.last[index % BLOCK];
		}
		Block block = this.read;
		if (block.number() != number) {
			block = new Block(number, this.blocks.get(number));
			this.read = block;
		}
		return block.ids()[index % BLOCK];
	}

	/** The ids in as little memory as they take. */
	TokenIds ids(int vocabulary) {
		if (this.blocks.isInFile()) {
			return this;
		}
		int[] ids = new int[this.length];
		for (int i = 0; i < this.blocks.size(); i++) {
			System.arraycopy(this.blocks.get(i), 0, ids, i * BLOCK, BLOCK);
		}
		int rest = this.length % BLOCK;
		System.arraycopy(this.last, 0, ids, this.length - rest, rest);
		return TokenIds.of(ids, vocabulary);
	}

	private record Block(int number, int[] ids) {
	}

}
