package io.unfold.nn.cell;

/**
 * Whether loops run on vectors of the Vector API: where its module was added when Java
 * was started ({@code --add-modules jdk.incubator.vector}) and the processor has vectors
 * of 512 bits, whose registers the loops are cut for. Elsewhere OpenBLAS serves.
 */
final class Vectors {

	private static final boolean AVAILABLE = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
			&& VectorMath.lanes() == 16;

	private Vectors() {
	}

	static boolean available() {
		return AVAILABLE;
	}

}
