package io.unfold.data;

/** JSON pointers (RFC 6901). */
final class JsonPointers {

	private JsonPointers() {
	}

	/** A name as a part of a pointer. */
	static String escape(String name) {
		return name.replace("~", "~0").replace("/", "~1");
	}

}
