package io.unfold.nn;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;

/**
 * Numbers too small for a float's full precision, below 1.2e-38. Processors compute with
 * them up to a hundred times slower, and gradients that fade (behind a softmax that is
 * sure of itself, over many steps) are full of them: for training and serving they are
 * zero.
 */
public final class Denormals {

	/** In glibc's and musl's fenv_t, behind the registers of the x87: MXCSR. */
	private static final int CONTROL = 28;

	private static final int FENV_BYTES = 32;

	/** Flush results to zero, and take operands for zero (FTZ, DAZ). */
	private static final int TO_ZERO = 0x8040;

	private static final ThreadLocal<Boolean> ZERO = ThreadLocal.withInitial(Denormals::flush);

	private Denormals() {
	}

	/**
	 * Lets the calling thread take them for zero from now on, where that is known to
	 * work: on Linux on x86-64. Elsewhere everything is right, if slower.
	 * @return whether it does
	 */
	public static boolean areZero() {
		return ZERO.get();
	}

	private static boolean flush() {
		if (!System.getProperty("os.name", "").equals("Linux") || !System.getProperty("os.arch", "").equals("amd64")) {
			return false;
		}
		try (Memory environment = new Memory(FENV_BYTES)) {
			NativeLibrary library = NativeLibrary.getInstance("m");
			Function get = library.getFunction("fegetenv");
			Function set = library.getFunction("fesetenv");
			if (get.invokeInt(new Object[] { environment }) != 0) {
				return false;
			}
			environment.setInt(CONTROL, environment.getInt(CONTROL) | TO_ZERO);
			return set.invokeInt(new Object[] { environment }) == 0;
		}
		catch (UnsatisfiedLinkError ex) {
			return false;
		}
	}

}
