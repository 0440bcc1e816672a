package io.unfold.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import io.unfold.job.TrainingJob.DatasetRef;
import io.unfold.training.TrainingListener.Progress;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.databind.JsonNode;

/** Reads jobs from rows. */
class JobRow implements RowMapper<TrainingJob> {

	@Override
	public TrainingJob mapRow(ResultSet row, int number) throws SQLException {
		int modelVersion = row.getInt("model_version");
		Integer published = row.wasNull() ? null : modelVersion;
		String datasetId = row.getString("dataset_id");
		DatasetRef dataset = (datasetId != null)
				? new DatasetRef(datasetId, row.getString("dataset_name"), row.getString("dataset_sha256")) : null;
		return new TrainingJob(row.getString("id"), JobState.valueOf(row.getString("state")), row.getString("model"),
				published, row.getString("task"), dataset,
				StoredJson.MAPPER.readValue(row.getString("inputs"), JobInputs.class),
				StoredJson.MAPPER.readTree(row.getString("request")), row.getInt("attempts"), row.getInt("crashes"),
				read(row.getString("progress"), Progress.class), read(row.getString("metrics"), JsonNode.class),
				read(row.getString("evaluation"), JsonNode.class), read(row.getString("error"), JobFailure.class),
				created(row), instant(row, "started_at"), instant(row, "finished_at"), row.getLong("version"));
	}

	/** An instant as both H2 and PostgreSQL take it. */
	static OffsetDateTime timestamp(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	static @Nullable OffsetDateTime timestampOrNull(@Nullable Instant instant) {
		return (instant != null) ? timestamp(instant) : null;
	}

	/** A value as the text of a column. */
	static @Nullable String text(@Nullable Object value) {
		return (value != null) ? StoredJson.MAPPER.writeValueAsString(value) : null;
	}

	private <T> @Nullable T read(@Nullable String text, Class<T> type) {
		return (text != null) ? StoredJson.MAPPER.readValue(text, type) : null;
	}

	private static Instant created(ResultSet row) throws SQLException {
		return row.getObject("created_at", OffsetDateTime.class).toInstant();
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
		return (value != null) ? value.toInstant() : null;
	}

}
