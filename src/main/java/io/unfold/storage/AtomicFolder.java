package io.unfold.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder in which directories and files appear and disappear whole: they are written
 * aside, forced to disk and renamed. What a crash leaves aside is removed when the folder
 * is opened next; another process that has the folder open is left alone.
 */
public final class AtomicFolder implements AutoCloseable {

	/** Entries of the folder whose names begin so are its own. */
	private static final String STAGING = ".staging";

	private static final String LOCK = "lock";

	/** Staging directories that this process has. */
	private static final Set<Path> OWN = new HashSet<>();

	private static final Logger log = LoggerFactory.getLogger(AtomicFolder.class);

	private final Path root;

	private final Path staging;

	private final FileChannel lock;

	private AtomicFolder(Path root, Path staging, FileChannel lock) {
		this.root = root;
		this.staging = staging;
		this.lock = lock;
	}

	/**
	 * Opens a folder, which is created if it is not there.
	 * @throws UncheckedIOException when it cannot be written to
	 */
	public static AtomicFolder open(Path root) {
		Path stagings = root.toAbsolutePath().resolve(STAGING);
		synchronized (OWN) {
			try {
				Files.createDirectories(stagings);
				// one process at a time, or one would remove what the other is about to
				// lock
				try (FileChannel gate = FileChannel.open(stagings.resolve(LOCK), StandardOpenOption.CREATE,
						StandardOpenOption.WRITE); FileLock held = gate.lock()) {
					log.trace("holding {}", held);
					removeLeftovers(stagings);
					Path staging = Files.createDirectory(stagings.resolve(UUID.randomUUID().toString()));
					FileChannel lock = FileChannel.open(staging.resolve(LOCK), StandardOpenOption.CREATE_NEW,
							StandardOpenOption.WRITE);
					lock.lock();
					OWN.add(staging);
					return new AtomicFolder(root.toAbsolutePath(), staging, lock);
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException("The folder " + root + " cannot be written to", ex);
			}
		}
	}

	public Path root() {
		return this.root;
	}

	/** The directories of the folder, in no order. */
	public List<Path> directories() throws IOException {
		return directories(this.root);
	}

	/**
	 * The directories in a directory, but for those that are only a means; in no order.
	 */
	public static List<Path> directories(Path parent) throws IOException {
		try (Stream<Path> entries = Files.list(parent)) {
			return entries
				.filter((entry) -> !entry.getFileName().toString().startsWith(".") && Files.isDirectory(entry))
				.toList();
		}
		catch (NoSuchFileException ex) {
			return List.of();
		}
	}

	/** A new directory aside, to be published or discarded. */
	public Path stage() throws IOException {
		return Files.createDirectory(this.staging.resolve(UUID.randomUUID().toString()));
	}

	/**
	 * Moves a staged directory to its place, where it is all at once.
	 * @throws FileAlreadyExistsException when something is there already
	 */
	public void publish(Path staged, Path target) throws IOException {
		force(staged);
		Path parent = parent(target);
		Files.createDirectories(parent);
		try {
			Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			if (Files.exists(target)) {
				throw new FileAlreadyExistsException(target.toString());
			}
			throw ex;
		}
		forceDirectory(parent);
		if (!parent.equals(this.root)) {
			forceDirectory(parent(parent));
		}
	}

	/** Removes a directory all at once; does nothing where there is none. */
	public void remove(Path directory) throws IOException {
		Path aside = this.staging.resolve(UUID.randomUUID().toString());
		try {
			Files.move(directory, aside, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (NoSuchFileException ex) {
			return;
		}
		forceDirectory(parent(directory));
		discard(aside);
	}

	/** Deletes a staged directory. */
	public void discard(Path staged) {
		try {
			delete(staged);
		}
		catch (IOException ex) {
			log.warn("{} could not be deleted; it will be at the next start", staged, ex);
		}
	}

	/**
	 * Writes a file, or replaces one: whoever reads it sees the old or the new content.
	 */
	public void write(Path file, byte[] content) throws IOException {
		Files.createDirectories(parent(file));
		Path aside = this.staging.resolve(UUID.randomUUID().toString());
		Files.write(aside, content);
		force(aside);
		Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		forceDirectory(parent(file));
	}

	@Override
	public void close() {
		try {
			this.lock.close();
			delete(this.staging);
			synchronized (OWN) {
				OWN.remove(this.staging);
			}
		}
		catch (IOException ex) {
			log.debug("the staging directory {} stays", this.staging, ex);
		}
	}

	private static void removeLeftovers(Path stagings) throws IOException {
		for (Path leftover : directories(stagings)) {
			if (isAlive(leftover)) {
				continue;
			}
			log.info("removing {}, which an interrupted write left", leftover);
			delete(leftover);
		}
	}

	/** Whether some process, this one among them, still has the staging directory. */
	private static boolean isAlive(Path staging) throws IOException {
		if (OWN.contains(staging)) {
			// not even a look at its lock: closing any channel of a file gives up the
			// process's locks on it
			return true;
		}
		try (FileChannel channel = FileChannel.open(staging.resolve(LOCK), StandardOpenOption.WRITE);
				FileLock lock = channel.tryLock()) {
			return lock == null;
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

	private static Path parent(Path path) {
		return Objects.requireNonNull(path.toAbsolutePath().getParent(), "the root of a file system");
	}

	private static void delete(Path path) throws IOException {
		try (Stream<Path> tree = Files.walk(path)) {
			for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(entry);
			}
		}
	}

	/** Forces a file, or a directory and what is in it, to disk. */
	private static void force(Path path) throws IOException {
		try (Stream<Path> tree = Files.walk(path)) {
			for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
				if (Files.isDirectory(entry)) {
					forceDirectory(entry);
				}
				else {
					try (FileChannel channel = FileChannel.open(entry, StandardOpenOption.WRITE)) {
						channel.force(true);
					}
				}
			}
		}
	}

	private static void forceDirectory(Path directory) throws IOException {
		try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (AccessDeniedException ex) {
			// Windows neither can nor needs to force a directory
			log.trace("{} cannot be forced", directory, ex);
		}
	}

}
