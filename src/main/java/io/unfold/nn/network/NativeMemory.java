package io.unfold.nn.network;

import io.unfold.nn.NativeRuntime;
import org.nd4j.linalg.api.memory.MemoryWorkspaceManager;
import org.nd4j.linalg.factory.Nd4j;

/** The native memory that networks in training hold outside the heap. */
public final class NativeMemory {

	private NativeMemory() {
	}

	/**
	 * Frees the workspaces of the calling thread: an {@link OutOfMemoryError} leaves them
	 * open, and full.
	 */
	public static void releaseOfThread() {
		NativeRuntime.prepareNd4j();
		MemoryWorkspaceManager manager = Nd4j.getWorkspaceManager();
		// its own way of destroying all of them ends with a collection of the whole heap
		manager.getAllWorkspacesForCurrentThread().forEach(manager::destroyWorkspace);
	}

}
