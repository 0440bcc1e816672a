package io.unfold.nn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import com.sun.jna.NativeLibrary;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.deeplearning4j.util.CrashReportingUtil;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

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

	/**
	 * Loads ND4J, and takes back the settings that it makes for itself: it asks Java, not
	 * the process, for the environment, and so does not see what was set here.
	 */
	public static void prepareNd4j() {
		prepare();
		Nd4jSettings.prepare();
	}

	private static void setPropertyIfAbsent(String name, String value) {
		if (System.getProperty(name) == null) {
			System.setProperty(name, value);
		}
	}

	private static void setVariableIfAbsent(String name, String value) {
		if (System.getenv(name) != null) {
			return;
		}
		try {
			if (System.getProperty("os.name", "").startsWith("Windows")) {
				NativeLibrary.getInstance("ucrtbase").getFunction("_putenv_s").invokeInt(new Object[] { name, value });
			}
			else {
				NativeLibrary.getInstance("c").getFunction("setenv").invokeInt(new Object[] { name, value, 1 });
			}
		}
		catch (UnsatisfiedLinkError ex) {
			// without it everything is right, if slower: the number of threads is set
			// again when the libraries are loaded
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

	/** Initialised once, when ND4J is first needed. */
	private static final class Nd4jSettings {

		static {
			CrashReportingUtil.crashDumpsEnabled(false);
			Nd4j.getMemoryManager().togglePeriodicGc(false);
			if (System.getenv("OMP_NUM_THREADS") == null) {
				NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
				Nd4j.getBlasWrapper().level1();
				Nd4j.getEnvironment().setMaxThreads(1);
				openblas.blas_set_num_threads(1);
				openblas_nolapack.blas_set_num_threads(1);
			}
		}

		static void prepare() {
			// as above
		}

	}

}
