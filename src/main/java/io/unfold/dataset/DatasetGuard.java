package io.unfold.dataset;

/** What may need a dataset and so keep it from being deleted. */
public interface DatasetGuard {

	/**
	 * Called before a dataset is deleted.
	 * @throws io.unfold.problem.ConflictException when it is in use, saying by what
	 */
	void checkUnused(Dataset dataset);

}
