package io.unfold.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.unfold.problem.NotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** All training jobs, ended ones among them. */
@Repository
public class TrainingJobs {

	/** What stands for the newest job where a job is named. */
	public static final String LATEST = "latest";

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final JobEvents events;

	private final JobRow row;

	TrainingJobs(JdbcClient jdbc, TransactionTemplate transaction, JobEvents events) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.events = events;
		this.row = new JobRow();
	}

	/**
	 * The job of that id.
	 * @throws NotFoundException when there is none
	 */
	public TrainingJob get(String id) {
		return find(id).orElseThrow(() -> unknown(id));
	}

	/**
	 * The job that a request names: by its id, or the newest one as {@value #LATEST}.
	 * @throws NotFoundException when there is none
	 */
	public TrainingJob named(String name) {
		if (!name.equals(LATEST)) {
			return get(name);
		}
		return slice(null, null, null, 1).jobs()
			.stream()
			.findFirst()
			.orElseThrow(() -> new NotFoundException("no training job has been posted yet"));
	}

	Optional<TrainingJob> find(String id) {
		return this.jdbc.sql("select * from training_job where id = ?").param(id).query(this.row).optional();
	}

	/** The inline examples of a job's request, if it brought any. */
	public Optional<ArrayNode> examples(String id) {
		return this.jdbc.sql("select examples from training_job where id = ? and examples is not null")
			.param(id)
			.query(String.class)
			.optional()
			.map((text) -> (ArrayNode) StoredJson.MAPPER.readTree(text));
	}

	/**
	 * A slice of the list of jobs, the newest first.
	 * @param before the end of the slice that came before; null: from the newest
	 */
	public Slice slice(@Nullable JobState state, @Nullable String model, @Nullable Long before, int size) {
		List<Numbered> found = this.jdbc.sql("""
				select * from training_job
				where (cast(:state as varchar(16)) is null or state = :state)
				  and (cast(:model as varchar(255)) is null or model = :model)
				  and (cast(:before as bigint) is null or seq < :before)
				order by seq desc
				fetch first :rows rows only
				""")
			.param("state", (state != null) ? state.name() : null)
			.param("model", model)
			.param("before", before)
			.param("rows", size + 1)
			.query((rs, n) -> new Numbered(rs.getLong("seq"), this.row.mapRow(rs, n)))
			.list();
		List<Numbered> slice = found.subList(0, Math.min(size, found.size()));
		Long end = (found.size() > size) ? slice.get(slice.size() - 1).seq() : null;
		return new Slice(slice.stream().map(Numbered::job).toList(), end);
	}

	/** How many queued jobs were posted before this one. */
	public int queuePosition(TrainingJob job) {
		return this.jdbc.sql("select count(*) from training_job where state = 'QUEUED' and created_at < ?")
			.param(JobRow.timestamp(job.createdAt()))
			.query(Integer.class)
			.single();
	}

	int queueLength() {
		return this.jdbc.sql("select count(*) from training_job where state = 'QUEUED'").query(Integer.class).single();
	}

	/** The figures of the job's epochs so far, as JSON, in order. */
	public List<JsonNode> metrics(String id) {
		return this.jdbc.sql("select figures from epoch_metrics where job_id = ? order by epoch")
			.param(id)
			.query(String.class)
			.list()
			.stream()
			.map(StoredJson.MAPPER::readTree)
			.toList();
	}

	/**
	 * The jobs that were running or stopping, of which no worker of any node says so now.
	 */
	List<TrainingJob> abandoned() {
		return this.jdbc.sql("""
				select * from training_job j
				where state in ('RUNNING', 'CANCELLING')
				  and not exists (select 1 from scheduled_tasks t where t.task_instance = j.id and t.picked = true)
				order by created_at
				""").query(this.row).list();
	}

	/** Whether a job that has not ended reads the dataset. */
	boolean needs(String datasetId) {
		return this.jdbc.sql("select * from training_job where state in ('QUEUED', 'RUNNING', 'CANCELLING')")
			.query(this.row)
			.stream()
			.anyMatch((job) -> job.reads(datasetId));
	}

	/** The jobs that wait for a worker, in their order. */
	List<TrainingJob> queued() {
		return this.jdbc.sql("select * from training_job where state = 'QUEUED' order by created_at")
			.query(this.row)
			.list();
	}

	void insert(TrainingJob job, @Nullable ArrayNode examples) {
		this.jdbc
			.sql("""
					insert into training_job (id, state, model, task, dataset_id, dataset_name, dataset_sha256, inputs, request,
					    examples, attempts, crashes, events, version, created_at)
					values (:id, :state, :model, :task, :datasetId, :datasetName, :datasetSha256, :inputs, :request,
					    :examples, 0, 0, 0, 0, :createdAt)
					""")
			.param("id", job.id())
			.param("state", job.state().name())
			.param("model", job.model())
			.param("task", job.task())
			.param("datasetId", (job.dataset() != null) ? job.dataset().id() : null)
			.param("datasetName", (job.dataset() != null) ? job.dataset().name() : null)
			.param("datasetSha256", (job.dataset() != null) ? job.dataset().sha256() : null)
			.param("inputs", StoredJson.MAPPER.writeValueAsString(job.inputs()))
			.param("request", StoredJson.MAPPER.writeValueAsString(job.request()))
			.param("examples", (examples != null) ? StoredJson.MAPPER.writeValueAsString(examples) : null)
			.param("createdAt", JobRow.timestamp(job.createdAt()))
			.update();
		this.events.stateChanged(job);
	}

	/**
	 * Changes a job while nobody else can, and tells of its new state.
	 * @param change from one state to another; the same job where there is nothing to do
	 */
	TrainingJob change(String id, UnaryOperator<TrainingJob> change) {
		return this.transaction.execute((status) -> {
			TrainingJob before = lock(id).orElseThrow(() -> unknown(id));
			TrainingJob after = change.apply(before);
			if (after.equals(before)) {
				return before;
			}
			this.jdbc.sql("""
					update training_job set state = :state, model_version = :modelVersion, attempts = :attempts,
					    crashes = :crashes, evaluation = :evaluation, error = :error, started_at = :startedAt,
					    finished_at = :finishedAt, version = version + 1
					where id = :id
					""")
				.param("state", after.state().name())
				.param("modelVersion", after.modelVersion())
				.param("attempts", after.attempts())
				.param("crashes", after.crashes())
				.param("evaluation", JobRow.text(after.evaluation()))
				.param("error", JobRow.text(after.error()))
				.param("startedAt", JobRow.timestampOrNull(after.startedAt()))
				.param("finishedAt", JobRow.timestampOrNull(after.finishedAt()))
				.param("id", id)
				.update();
			if (after.state() != before.state()) {
				this.events.stateChanged(after);
			}
			return after;
		});
	}

	void delete(String id) {
		this.jdbc.sql("delete from training_job where id = ?").param(id).update();
	}

	/** The job of that id, which nobody else changes before the transaction ends. */
	Optional<TrainingJob> lock(String id) {
		return this.jdbc.sql("select * from training_job where id = ? for update").param(id).query(this.row).optional();
	}

	private static NotFoundException unknown(String id) {
		return new NotFoundException("no training job has the id '" + id + "'");
	}

	/**
	 * Some jobs, the newest first.
	 *
	 * @param end where the next slice begins; null when this is the last
	 */
	public record Slice(List<TrainingJob> jobs, @Nullable Long end) {
	}

	private record Numbered(long seq, TrainingJob job) {
	}

}
