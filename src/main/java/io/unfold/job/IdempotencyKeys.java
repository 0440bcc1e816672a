package io.unfold.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import io.unfold.problem.ConflictException;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The keys with which clients mark a request that they may send again. A key is claimed
 * before its request is looked at and settled in the transaction that makes its job.
 */
@Repository
class IdempotencyKeys {

	private static final Duration KEPT = Duration.ofHours(24);

	/** A claim so old was left by a service that died. */
	private static final Duration IN_FLIGHT = Duration.ofMinutes(10);

	private static final int MAX_LENGTH = 255;

	private final JdbcClient jdbc;

	private final InstantSource time;

	IdempotencyKeys(JdbcClient jdbc, InstantSource time) {
		this.jdbc = jdbc;
		this.time = time;
	}

	/**
	 * Claims a key.
	 * @param fingerprint hash of the request
	 * @return the job that the key has made before; empty when it is now the caller's to
	 * settle or to release
	 * @throws ConflictException when another request with the key is being answered
	 * @throws InvalidRequestException when the key came with another request before
	 */
	Optional<String> claim(String key, String fingerprint) {
		if (key.isBlank() || key.length() > MAX_LENGTH) {
			throw invalid("the header Idempotency-Key must have 1 to " + MAX_LENGTH + " characters");
		}
		Instant now = this.time.instant();
		this.jdbc.sql("delete from idempotency_key where created_at < ? or (job_id is null and created_at < ?)")
			.params(JobRow.timestamp(now.minus(KEPT)), JobRow.timestamp(now.minus(IN_FLIGHT)))
			.update();
		try {
			this.jdbc.sql("insert into idempotency_key (id, fingerprint, created_at) values (?, ?, ?)")
				.params(key, fingerprint, JobRow.timestamp(now))
				.update();
			return Optional.empty();
		}
		catch (DuplicateKeyException ex) {
			return Optional.of(earlier(key, fingerprint));
		}
	}

	/** Notes the job that the key has made. */
	void settle(String key, String jobId) {
		this.jdbc.sql("update idempotency_key set job_id = ? where id = ?").params(jobId, key).update();
	}

	/** Gives a claimed key back: its request made no job. */
	void release(String key) {
		this.jdbc.sql("delete from idempotency_key where id = ? and job_id is null").param(key).update();
	}

	/** Gives all claimed keys back: nobody answers their requests any more. */
	void releaseAll() {
		this.jdbc.sql("delete from idempotency_key where job_id is null").update();
	}

	private String earlier(String key, String fingerprint) {
		Claim claim = this.jdbc.sql("select fingerprint, job_id from idempotency_key where id = ?")
			.param(key)
			.query((rs, n) -> new Claim(rs.getString("fingerprint"), rs.getString("job_id")))
			.optional()
			.orElseThrow(IdempotencyKeys::inFlight);
		if (!claim.fingerprint().equals(fingerprint)) {
			throw invalid("this Idempotency-Key was sent before with another request: use a new key for a new request");
		}
		if (claim.jobId() == null) {
			throw inFlight();
		}
		return claim.jobId();
	}

	private static ConflictException inFlight() {
		return new ConflictException(
				"a request with this Idempotency-Key is still being answered: send it again later");
	}

	private static InvalidRequestException invalid(String detail) {
		return new InvalidRequestException(new Violation(null, null, null, detail));
	}

	private record Claim(String fingerprint, @Nullable String jobId) {
	}

}
