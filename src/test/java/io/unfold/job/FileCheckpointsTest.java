package io.unfold.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.unfold.nn.network.Tensor;
import io.unfold.nn.network.Tensors;
import io.unfold.nn.network.TrainableNetwork.OptimizerState;
import io.unfold.training.Checkpoints.Checkpoint;
import io.unfold.training.EpochMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class FileCheckpointsTest {

	@TempDir
	Path folder;

	@Test
	void givesBackWhatWasSaved() {
		Checkpoint saved = checkpoint(3, true);
		checkpoints().save(saved);
		assertSame(checkpoints().latest().orElseThrow(), saved);
	}

	@Test
	void keepsNoBestParametersWhereThereAreNone() {
		checkpoints().save(checkpoint(3, false));
		assertThat(checkpoints().latest().orElseThrow().bestParameters()).isNull();
	}

	@Test
	void keepsMoreFloatsThanItsBufferHolds() {
		float[] many = new float[100_003];
		for (int i = 0; i < many.length; i++) {
			many[i] = i * 0.37f;
		}
		Tensors tensors = new Tensors(Map.of("w", new Tensor(new int[] { many.length }, many)));
		checkpoints().save(new Checkpoint(tensors, new OptimizerState(1, many), null, List.of()));
		Checkpoint read = checkpoints().latest().orElseThrow();
		assertThat(read.parameters().get("w").values()).containsExactly(many);
		assertThat(read.optimizerState().moments()).containsExactly(many);
	}

	@Test
	void hasNoneBeforeTheFirst() {
		assertThat(checkpoints().latest()).isEmpty();
	}

	@Test
	void replacesTheLast() {
		checkpoints().save(checkpoint(1, true));
		checkpoints().save(checkpoint(2, true));
		assertThat(checkpoints().latest().orElseThrow().optimizerState().iteration()).isEqualTo(2);
	}

	@Test
	void keepsTheOldOneWhenTheServiceDiesBetweenWritingAndRenaming() throws IOException {
		checkpoints().save(checkpoint(1, true));
		CheckpointFile.write(this.folder.resolve("job").resolve("checkpoint.tmp"), checkpoint(2, true));
		assertThat(checkpoints().latest().orElseThrow().optimizerState().iteration()).isEqualTo(1);
	}

	@Test
	void isNotMisledByHalfAFileThatWasLeft() throws IOException {
		checkpoints().save(checkpoint(1, true));
		Files.writeString(this.folder.resolve("job").resolve("checkpoint.tmp"), "half");
		checkpoints().save(checkpoint(2, true));
		assertThat(checkpoints().latest().orElseThrow().optimizerState().iteration()).isEqualTo(2);
	}

	@Test
	void beginsAnewWhenTheFileIsDamaged() throws IOException {
		checkpoints().save(checkpoint(1, true));
		Path file = this.folder.resolve("job").resolve("checkpoint");
		byte[] bytes = Files.readAllBytes(file);
		bytes[bytes.length - 10] ^= 1;
		Files.write(file, bytes);
		assertThat(checkpoints().latest()).isEmpty();
		assertThatIOException().isThrownBy(() -> CheckpointFile.read(file)).withMessageContaining("damaged");
	}

	@Test
	void beginsAnewWhenTheFileIsCutShort() throws IOException {
		checkpoints().save(checkpoint(1, true));
		Path file = this.folder.resolve("job").resolve("checkpoint");
		byte[] bytes = Files.readAllBytes(file);
		Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
		assertThat(checkpoints().latest()).isEmpty();
	}

	@Test
	void holdsNoJavaSerialisation() throws IOException {
		checkpoints().save(checkpoint(1, true));
		byte[] bytes = Files.readAllBytes(this.folder.resolve("job").resolve("checkpoint"));
		assertThat(new String(bytes, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("UCP1");
	}

	@Test
	void leavesNothingWhenDeleted() {
		checkpoints().save(checkpoint(1, true));
		checkpoints().delete();
		assertThat(this.folder).isEmptyDirectory();
	}

	@Test
	void goesOnWithoutACheckpointWhenItCannotBeWritten() throws IOException {
		Files.writeString(this.folder.resolve("job"), "a file where the folder should be");
		checkpoints().save(checkpoint(1, true));
		assertThat(checkpoints().latest()).isEmpty();
	}

	private FileCheckpoints checkpoints() {
		return new FileCheckpoints(this.folder.resolve("job"));
	}

	static Checkpoint checkpoint(int iteration, boolean withBest) {
		Map<String, Tensor> byName = new LinkedHashMap<>();
		byName.put("z/W", new Tensor(new int[] { 2, 3 }, new float[] { 1, -2, 3.5f, Float.MIN_VALUE, 0, -0f }));
		byName.put("a/b", new Tensor(new int[] { 1 }, new float[] { iteration }));
		Tensors parameters = new Tensors(byName);
		return new Checkpoint(parameters, new OptimizerState(iteration, new float[] { 0.1f, 0.2f }),
				withBest ? new Tensors(Map.of("a/b", new Tensor(new int[] { 1 }, new float[] { 7 }))) : null,
				List.of(new EpochMetrics(1, 0.5, 0.6, null, 100, 0.1, null, null),
						new EpochMetrics(2, 1.0 / 3, null, null, 100, 0.1, null, null)));
	}

	static Checkpoint checkpoint(List<EpochMetrics> history) {
		Checkpoint checkpoint = checkpoint(history.size(), false);
		return new Checkpoint(checkpoint.parameters(), checkpoint.optimizerState(), null, List.copyOf(history));
	}

	private static void assertSame(Checkpoint read, Checkpoint saved) {
		assertThat(read.parameters().byName().keySet()).containsExactlyElementsOf(saved.parameters().byName().keySet());
		saved.parameters().byName().forEach((name, tensor) -> {
			assertThat(read.parameters().get(name).shape()).containsExactly(tensor.shape());
			assertThat(read.parameters().get(name).values()).containsExactly(tensor.values());
		});
		assertThat(read.bestParameters().get("a/b").values()).containsExactly(7);
		assertThat(read.optimizerState().iteration()).isEqualTo(saved.optimizerState().iteration());
		assertThat(read.optimizerState().moments()).containsExactly(saved.optimizerState().moments());
		assertThat(read.history()).isEqualTo(saved.history());
	}

}
