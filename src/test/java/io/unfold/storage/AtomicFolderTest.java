package io.unfold.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AtomicFolderTest {

	@TempDir
	Path root;

	@Test
	void publishesADirectoryWithAllThatIsInIt() throws IOException {
		try (AtomicFolder folder = AtomicFolder.open(this.root.resolve("a/b"))) {
			Path staged = folder.stage();
			Files.writeString(staged.resolve("file"), "content");
			assertThat(folder.directories()).isEmpty();
			Path target = folder.root().resolve("x/1");
			folder.publish(staged, target);
			assertThat(target.resolve("file")).hasContent("content");
			assertThat(staged).doesNotExist();
			assertThat(folder.directories()).containsExactly(folder.root().resolve("x"));
		}
	}

	@Test
	void neverPublishesOverWhatIsThere() throws IOException {
		try (AtomicFolder folder = AtomicFolder.open(this.root)) {
			Path first = folder.stage();
			Files.writeString(first.resolve("file"), "first");
			Path second = folder.stage();
			Files.writeString(second.resolve("file"), "second");
			folder.publish(first, this.root.resolve("x"));
			assertThatExceptionOfType(FileAlreadyExistsException.class)
				.isThrownBy(() -> folder.publish(second, this.root.resolve("x")));
			assertThat(this.root.resolve("x/file")).hasContent("first");
		}
	}

	@Test
	void removesWhatACrashLeft() throws IOException {
		Path leftover = this.root.resolve(".staging/0b0cf60c-0e4c-43cd-a9a4-4f0d7b58f3e9");
		Files.createDirectories(leftover.resolve("half"));
		Files.writeString(leftover.resolve("half/content"), "hal");
		Files.writeString(leftover.resolve("lock"), "");
		Files.createDirectories(this.root.resolve("whole"));
		try (AtomicFolder folder = AtomicFolder.open(this.root)) {
			assertThat(leftover).doesNotExist();
			assertThat(folder.directories()).containsExactly(this.root.resolve("whole"));
		}
	}

	@Test
	void leavesAloneWhatAnotherOwnerIsWriting() throws IOException {
		try (AtomicFolder first = AtomicFolder.open(this.root)) {
			Path staged = first.stage();
			Files.writeString(staged.resolve("file"), "content");
			try (AtomicFolder second = AtomicFolder.open(this.root)) {
				assertThat(staged.resolve("file")).exists();
				first.publish(staged, this.root.resolve("x"));
				assertThat(second.directories()).containsExactly(this.root.resolve("x"));
			}
		}
		assertThat(this.root.resolve(".staging")).isDirectoryNotContaining("glob:**/*-*");
	}

	@Test
	void leavesAloneWhatAnotherProcessIsWriting() throws IOException, InterruptedException {
		Path staging = Files.createDirectories(this.root.resolve(".staging/other"));
		Files.writeString(staging.resolve("lock"), "");
		Process holder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), Holder.class.getName(), staging.resolve("lock").toString())
			.redirectErrorStream(true)
			.start();
		try {
			assertThat(holder.getInputStream().read()).isEqualTo('!');
			AtomicFolder.open(this.root).close();
			assertThat(staging).exists();
		}
		finally {
			holder.destroyForcibly().waitFor();
		}
		AtomicFolder.open(this.root).close();
		assertThat(staging).doesNotExist();
	}

	@Test
	void replacesAFileWithoutATrace() throws IOException {
		try (AtomicFolder folder = AtomicFolder.open(this.root)) {
			Path file = this.root.resolve("x/aliases.json");
			folder.write(file, "one".getBytes());
			folder.write(file, "two".getBytes());
			assertThat(file).hasContent("two");
			try (var entries = Files.list(file.getParent())) {
				assertThat(entries).containsExactly(file);
			}
		}
	}

	@Test
	void removesADirectoryAndMindsNoAbsence() throws IOException {
		try (AtomicFolder folder = AtomicFolder.open(this.root)) {
			Files.createDirectories(this.root.resolve("x/y"));
			folder.remove(this.root.resolve("x"));
			folder.remove(this.root.resolve("x"));
			assertThat(folder.directories()).isEmpty();
		}
	}

	@Test
	void saysWhichFolderCannotBeWritten() throws IOException {
		Path file = Files.writeString(this.root.resolve("file"), "");
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> AtomicFolder.open(file))
			.withMessageContaining(file.toString());
	}

	/** A process that holds the lock on a file until it is killed. */
	static final class Holder {

		private Holder() {
		}

		public static void main(String[] args) throws IOException {
			try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
				channel.lock();
				System.out.print('!');
				System.out.flush();
				System.in.read();
			}
		}

	}

}
