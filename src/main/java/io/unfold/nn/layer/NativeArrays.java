package io.unfold.nn.layer;

import java.util.Map;
import java.util.Objects;

import io.unfold.nn.cell.Floats;
import io.unfold.nn.cell.Steps;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/** ND4J's arrays as what the kernels read and write, without a copy. */
public final class NativeArrays {

	private NativeArrays() {
	}

	/** The parameter, or gradient, of that name, which there must be. */
	static INDArray named(Map<String, INDArray> table, String name) {
		return Objects.requireNonNull(table.get(name), name);
	}

	/** The memory of a contiguous array of floats, as long as the array lives. */
	public static Floats floats(INDArray array) {
		return Floats.view(new FloatPointer(array.data().addressPointer()), 0, array.length());
	}

	/**
	 * Some of the features of a sequence.
	 * @param array [batch, features, time] in 'f' order
	 * @param from the first feature
	 */
	static Steps steps(INDArray array, int from) {
		return new Steps(floats(array), from * array.size(0), array.size(0) * array.size(1));
	}

	/** Whether the array is one block of memory, the first dimension fastest. */
	static boolean isColumnMajor(INDArray array) {
		long stride = 1;
		for (int i = 0; i < array.rank(); i++) {
			if (array.size(i) != 1 && array.stride(i) != stride) {
				return false;
			}
			stride *= array.size(i);
		}
		return !Shape.isEmpty(array.shapeInfoJava());
	}

}
