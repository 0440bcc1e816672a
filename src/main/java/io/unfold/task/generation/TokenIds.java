package io.unfold.task.generation;

/** The ids of a corpus's tokens, in order: a long array that need not be an array. */
interface TokenIds {

	int length();

	int get(int index);

	/** Ids below 65,536 take two bytes each, others four. */
	static TokenIds of(int[] ids, int vocabulary) {
		if (vocabulary > 1 << Character.SIZE) {
			return new Ints(ids);
		}
		char[] narrow = new char[ids.length];
		for (int i = 0; i < ids.length; i++) {
			narrow[i] = (char) ids[i];
		}
		return new Chars(narrow);
	}

	/** Ids in four bytes. */
	record Ints(int[] ids) implements TokenIds {

		@Override
		public int length() {
			return this.ids.length;
		}

		@Override
		public int get(int index) {
			return this.ids[index];
		}

	}

	/** Ids in two bytes. */
	record Chars(char[] ids) implements TokenIds {

		@Override
		public int length() {
			return this.ids.length;
		}

		@Override
		public int get(int index) {
			return this.ids[index];
		}

	}

}
