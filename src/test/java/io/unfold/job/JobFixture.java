package io.unfold.job;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.unfold.data.DataSource;
import io.unfold.dataset.Dataset;
import io.unfold.dataset.Datasets;
import io.unfold.model.ModelDraft;
import io.unfold.model.ModelVersion;
import io.unfold.model.Models;
import io.unfold.problem.NotFoundException;
import io.unfold.storage.DataFolder;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.info.BuildProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * The job module by hand, on a database in memory: time stands still, due jobs run when a
 * test says so, on its own thread.
 */
class JobFixture {

	static final Instant NOW = Instant.parse("2026-02-03T04:05:06.123456Z");

	final SettableClock clock = new SettableClock();

	final JdbcClient jdbc;

	final TransactionTemplate transaction;

	final List<JobChanged> changes = new ArrayList<>();

	final FakeTrainer trainer = new FakeTrainer();

	final Datasets datasets = mock(Datasets.class);

	final Models models = mock(Models.class);

	final Map<String, ModelDraft> published = new HashMap<>();

	final JobEvents events;

	final TrainingJobs jobs;

	final ProgressReports reports;

	final IdempotencyKeys keys;

	final JobRunner runner;

	final ManualScheduler scheduler;

	final JobQueue queue;

	final JobRecovery recovery;

	final DataFolder folder;

	JobFixture(Path folder) {
		this(folder, 100);
	}

	JobFixture(Path folder, int queueLimit) {
		this(database(), folder, queueLimit);
	}

	private JobFixture(JdbcDataSource database, Path folder, int queueLimit) {
		this.clock.set(NOW);
		this.folder = new DataFolder(folder.toString());
		this.jdbc = JdbcClient.create(database);
		this.transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
		JobProperties properties = new JobProperties(1, queueLimit, null, 3, 200, "manual");
		this.events = new JobEvents(this.jdbc, this::publish);
		this.jobs = new TrainingJobs(this.jdbc, this.transaction, this.events);
		this.reports = new ProgressReports(this.jdbc, this.transaction, this.jobs, this.events);
		this.keys = new IdempotencyKeys(this.jdbc, this.clock::now);
		this.runner = newRunner();
		this.scheduler = TestHelper
			.createManualScheduler(new TransactionAwareDataSourceProxy(database), JobTask.runBy(this.runner))
			.clock(this.clock)
			.build();
		this.queue = new JobQueue(this.jobs, this.keys,
				new JobChecks(this.datasets, this.models, this.trainer, new MemoryBudget(properties)), this.scheduler,
				this.transaction, properties, this.clock::now);
		this.recovery = recovery(true);
		knowDataset();
		given(this.models.publish(anyString(), any()))
			.willAnswer((call) -> publish(call.getArgument(0), call.getArgument(1)));
		given(this.models.publishedBy(anyString(), anyString()))
			.willAnswer((call) -> Optional.ofNullable(this.published.get((String) call.getArgument(1)))
				.map((draft) -> version(draft)));
	}

	/**
	 * @param alone whether the database is this node's alone
	 */
	final JobRecovery recovery(boolean alone) {
		return new JobRecovery(this.jobs, this.keys, this.scheduler, this.models, this.jdbc, this.transaction,
				new Node("manual", alone), new JobProperties(1, 100, null, 3, 200, "manual"), this.folder,
				this.clock::now);
	}

	/** A worker of the service's next run, on the same tables and folder. */
	final JobRunner newRunner() {
		return new JobRunner(this.jobs, this.reports, this.datasets, this.models, this.trainer,
				new Provenance(new StaticListableBeanFactory().getBeanProvider(BuildProperties.class)), this.folder,
				new JobProperties(1, 100, null, 3, 200, "manual"), this.clock::now);
	}

	private static JdbcDataSource database() {
		JdbcDataSource database = new JdbcDataSource();
		database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		Flyway.configure().dataSource(database).load().migrate();
		return database;
	}

	private void publish(Object event) {
		JobChanged change = (JobChanged) event;
		this.changes.add(change);
		this.runner.on(change);
	}

	private void knowDataset() {
		Dataset dataset = new Dataset("ds-1", "series", "jsonl", 2, 40, "ab12", NOW, List.of(), false);
		Dataset heldOut = new Dataset("ds-2", "held-out", "jsonl", 1, 20, "cd34", NOW, List.of(), false);
		given(this.datasets.get(anyString())).willAnswer((call) -> {
			if (List.of("ds-2", "held-out").contains((String) call.getArgument(0))) {
				return heldOut;
			}
			if (List.of("ds-1", "series").contains((String) call.getArgument(0))) {
				return dataset;
			}
			throw new NotFoundException("no dataset is named '" + call.getArgument(0) + "'");
		});
		ArrayNode examples = (ArrayNode) StoredJson.MAPPER.readTree("[{\"x\": 1}, {\"x\": 2}]");
		given(this.datasets.source(dataset)).willReturn(DataSource.ofExamples(examples));
		given(this.datasets.source(heldOut))
			.willReturn(DataSource.ofExamples((ArrayNode) StoredJson.MAPPER.readTree("[{\"x\": 3}]")));
	}

	private ModelVersion publish(String name, ModelDraft draft) {
		this.published.put(draft.provenance().get("job").asString(), draft);
		return version(draft);
	}

	private ModelVersion version(ModelDraft draft) {
		ModelVersion version = mock(ModelVersion.class);
		given(version.version()).willReturn(this.published.size());
		given(version.evaluation()).willReturn(draft.evaluation());
		given(version.provenance())
			.willReturn((draft.provenance() != null) ? draft.provenance() : StoredJson.MAPPER.createObjectNode());
		return version;
	}

	/** A request as a client would send it. */
	static ObjectNode request(int epochs) {
		return (ObjectNode) StoredJson.MAPPER.readTree("""
				{"model": "m", "dataset": "series", "task": {"type": "classification"},
				 "training": {"epochs": %d, "seed": 11}}""".formatted(epochs));
	}

	/** A request that holds out a dataset, as validation or test. */
	static ObjectNode holdingOut(String part) {
		ObjectNode request = request(1);
		request.withObject("/training/" + part).put("dataset", "held-out");
		return request;
	}

	/** A request that brings its data. */
	static ObjectNode inlineRequest() {
		return (ObjectNode) StoredJson.MAPPER.readTree("""
				{"model": "m", "task": {"type": "classification"},
				 "data": {"examples": [{"sequence": "a b", "label": "x"}, {"sequence": "c", "label": "y"}]}}""");
	}

	static JobRequest read(ObjectNode request) {
		return StoredJson.MAPPER.treeToValue(request, JobRequest.class);
	}

	TrainingJob submit(int epochs) {
		return submit(request(epochs), null);
	}

	TrainingJob submit(ObjectNode request, String key) {
		return this.queue.submit(read(request), request, key);
	}

	/** Runs the jobs that are due, one after the other. */
	void runDue() {
		this.clock.set(this.clock.now().plus(Duration.ofSeconds(1)));
		this.scheduler.runAnyDueExecutions();
	}

	TrainingJob get(String id) {
		return this.jobs.get(id);
	}

	List<JobEvent> events(String id) {
		return this.events.after(id, 0, 1000);
	}

	List<String> states(String id) {
		return events(id).stream()
			.filter((event) -> event.type().equals(JobEvent.STATE))
			.map((event) -> StoredJson.MAPPER.readTree(event.data()).get("state").asString())
			.toList();
	}

	/** What a worker of this node has when the node is killed. */
	void diesWhileRunning(String id) {
		this.jobs.change(id, (job) -> job.start(this.clock.now()));
		this.jdbc.sql("update scheduled_tasks set picked = true, picked_by = 'manual' where task_instance = ?")
			.param(id)
			.update();
	}

	int scheduled(String id) {
		return this.jdbc.sql("select count(*) from scheduled_tasks where task_instance = ?")
			.param(id)
			.query(Integer.class)
			.single();
	}

}
