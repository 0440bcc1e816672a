package io.unfold.job;

import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.unfold.job.TrainingJob.DatasetRef;
import io.unfold.model.ModelVersion;
import org.jspecify.annotations.Nullable;

/**
 * What a job reads beside its dataset, as it was when the job was posted.
 *
 * @param validation the dataset that is held out for validation; null: a share is
 * @param test the dataset that is held out for the evaluation; null: a share is, or
 * nothing
 * @param parent the version that training goes on from; null: it begins anew
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobInputs(@Nullable DatasetRef validation, @Nullable DatasetRef test, @Nullable Parent parent) {

	static final JobInputs NONE = new JobInputs(null, null, null);

	/** Whether it reads the dataset. */
	boolean reads(String datasetId) {
		return Stream.of(this.validation, this.test)
			.filter(Objects::nonNull)
			.anyMatch((dataset) -> dataset.id().equals(datasetId));
	}

	/** A published version. */
	public record Parent(String model, int version) {

		static Parent of(ModelVersion version) {
			return new Parent(version.name(), version.version());
		}

		String ref() {
			return this.model + ":" + this.version;
		}

	}

}
