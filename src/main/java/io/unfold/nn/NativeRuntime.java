package io.unfold.nn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;

/**
 * The native libraries' settings: one BLAS and OpenMP thread per calling thread, kernels
 * that suit the processor, and no look-up of the process's memory at every allocation.
 * They are read when the libraries are loaded, so {@link #prepare()} must run before; it
 * is called by whatever loads them, and by the program's main method to be early enough.
 * What the environment already says is left alone.
 */
public final class NativeRuntime {

	static {
		setPropertyIfAbsent("org.bytedeco.javacpp.maxphysicalbytes", "0");
		setPropertyIfAbsent("org.bytedeco.javacpp.maxbytes", "0");
		// two OpenMP threads made small products many times slower; more cores are used
		// by more jobs
		setVariableIfAbsent("OMP_NUM_THREADS", "1");
		setVariableIfAbsent("OPENBLAS_NUM_THREADS", "1");
		if (isAmdWithAvx512()) {
			// OpenBLAS 0.3.19 takes recent AMD cores for the first Zen
			setVariableIfAbsent("OPENBLAS_CORETYPE", "SkylakeX");
		}
	}

	private NativeRuntime() {
	}

	/** Settles the settings, once. */
	public static void prepare() {
		// the work is done by the class's initialisation
	}

	private static void setPropertyIfAbsent(String name, String value) {
		if (System.getProperty(name) == null) {
			System.setProperty(name, value);
		}
	}

	private static void setVariableIfAbsent(String name, String value) {
		boolean windows = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
		if (System.getenv(name) != null) {
			return;
		}
		if (windows) {
			Function put = NativeLibrary.getInstance("ucrtbase").getFunction("_putenv_s");
			put.invokeInt(new Object[] { name, value });
		}
		else {
			Function set = NativeLibrary.getInstance("c").getFunction("setenv");
			set.invokeInt(new Object[] { name, value, 1 });
		}
	}

	/** Whether Linux says so: on other systems OpenBLAS's own choice stands. */
	private static boolean isAmdWithAvx512() {
		Path cpuinfo = Path.of("/proc/cpuinfo");
		if (!Files.isReadable(cpuinfo)) {
			return false;
		}
		try {
			String text = Files.readString(cpuinfo, StandardCharsets.UTF_8);
			return text.contains("AuthenticAMD") && text.contains("avx512f") && text.contains("avx512dq")
					&& text.contains("avx512bw") && text.contains("avx512vl") && text.contains("avx512cd");
		}
		catch (IOException ex) {
			return false;
		}
	}

}
