package io.unfold.nn;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

import com.sun.jna.NativeLibrary;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.CrashReportingUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.nd4j.linalg.factory.Nd4j;

import static org.assertj.core.api.Assertions.assertThat;

class NativeRuntimeTest {

	@BeforeAll
	static void prepare() {
		NativeRuntime.prepareNd4j();
	}

	@Test
	void librariesUseOneThread() {
		assertThat(openblas_nolapack.blas_get_num_threads()).isEqualTo(1);
		assertThat(openblas.blas_get_num_threads()).isEqualTo(1);
		assertThat(Nd4j.getEnvironment().maxThreads()).isEqualTo(1);
	}

	@Test
	void allocationsDoNotAskForTheProcessesMemory() {
		assertThat(org.bytedeco.javacpp.Pointer.maxPhysicalBytes()).isZero();
		assertThat(Nd4j.getMemoryManager().isPeriodicGcActive()).isFalse();
	}

	static boolean isAmdWithAvx512OnLinux() throws Exception {
		Path cpuinfo = Path.of("/proc/cpuinfo");
		if (!Files.exists(cpuinfo) || System.getenv("OPENBLAS_CORETYPE") != null) {
			return false;
		}
		String text = Files.readString(cpuinfo);
		return text.contains("AuthenticAMD") && text.contains("avx512bw") && text.contains("avx512vl");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	@EnabledIf("isAmdWithAvx512OnLinux")
	void openBlasUsesTheWideKernels() throws Exception {
		String library = Files.readAllLines(Path.of("/proc/self/maps"))
			.stream()
			.filter((line) -> line.endsWith("libopenblas_nolapack.so.0"))
			.map((line) -> line.substring(line.indexOf('/')))
			.findFirst()
			.orElseThrow();
		String core = NativeLibrary.getInstance(library)
			.getFunction("openblas_get_corename")
			.invokeString(new Object[0], false);
		assertThat(core).isEqualToIgnoringCase("SkylakeX");
	}

	@Test
	void crashDumpsAreNotWritten() {
		ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder().graphBuilder()
			.addInputs("x")
			.addLayer("out", new OutputLayer.Builder().nIn(2).nOut(2).build(), "x")
			.setOutputs("out")
			.build());
		graph.init();
		String[] before = new File(System.getProperty("user.dir")).list();
		CrashReportingUtil.writeMemoryCrashDump(graph, new OutOfMemoryError("not really"));
		assertThat(new File(System.getProperty("user.dir")).list()).isEqualTo(before);
	}

}
