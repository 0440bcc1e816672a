package io.unfold.model;

import java.util.Optional;

import org.springframework.stereotype.Component;

/** The registry: names, immutable versions, aliases; files on disk. */
@Component
public class Models {

	/**
	 * Publishes a model as the name's next version, by an atomic rename. Two publishers
	 * of the same name get different versions.
	 */
	public ModelVersion publish(String name, ModelDraft draft) {
		throw new UnsupportedOperationException();
	}

	/**
	 * The version that a job published, if it did: a job that was killed after publishing
	 * need not train again.
	 */
	public Optional<ModelVersion> publishedBy(String name, String jobId) {
		throw new UnsupportedOperationException();
	}

	/**
	 * The version that {@code name} (the latest), {@code name:version} or
	 * {@code name@alias} refers to.
	 * @throws io.unfold.problem.NotFoundException when there is none
	 */
	public ModelVersion resolve(String ref) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Checks that a model may have that name.
	 * @throws io.unfold.problem.InvalidRequestException at the pointer given, when it may
	 * not
	 */
	public void checkName(String pointer, String name) {
		throw new UnsupportedOperationException();
	}

}
