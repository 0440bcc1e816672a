package io.unfold.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.unfold.training.Checkpoints;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoint of one job, a file in a folder of its own: written aside, synced to disk
 * and renamed.
 */
class FileCheckpoints implements Checkpoints {

	private static final Logger log = LoggerFactory.getLogger(FileCheckpoints.class);

	private final Path folder;

	private final Path file;

	FileCheckpoints(Path folder) {
		this.folder = folder;
		this.file = folder.resolve("checkpoint");
	}

	@Override
	public Optional<Checkpoint> latest() {
		if (!Files.exists(this.file)) {
			return Optional.empty();
		}
		try {
			return Optional.of(CheckpointFile.read(this.file));
		}
		catch (IOException ex) {
			log.warn("The checkpoint {} cannot be read: training begins anew", this.file, ex);
			return Optional.empty();
		}
	}

	/** A full disk costs the checkpoint, not the training that it protects. */
	@Override
	public void save(Checkpoint checkpoint) {
		Path aside = this.folder.resolve("checkpoint.tmp");
		try {
			Files.createDirectories(this.folder);
			CheckpointFile.write(aside, checkpoint);
			Files.move(aside, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			sync(this.folder);
		}
		catch (IOException ex) {
			log.warn("A checkpoint could not be written to {}: the last one stays", this.folder, ex);
			discard(aside);
		}
	}

	/** Removes the checkpoint and its folder. */
	void delete() {
		discard(this.folder.resolve("checkpoint.tmp"));
		discard(this.file);
		discard(this.folder);
	}

	/** Makes the rename itself durable; not every file system can. */
	private static void sync(Path folder) {
		try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (IOException ex) {
			log.debug("the folder {} cannot be synced", folder, ex);
		}
	}

	private static void discard(Path path) {
		try {
			Files.deleteIfExists(path);
		}
		catch (IOException ex) {
			log.warn("{} could not be deleted", path, ex);
		}
	}

	/** The folders below that hold a job's files, by their names. */
	static List<String> folders(Path jobs) {
		if (!Files.isDirectory(jobs)) {
			return List.of();
		}
		try (Stream<Path> entries = Files.list(jobs)) {
			return entries.filter(Files::isDirectory).map((p) -> p.getFileName().toString()).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
