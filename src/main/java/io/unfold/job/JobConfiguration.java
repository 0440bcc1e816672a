package io.unfold.job;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import com.github.kagkarlsson.scheduler.exceptions.SerializationException;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** The scheduler that feeds the workers, and the workers. */
@Configuration(proxyBeanMethods = false)
class JobConfiguration {

	@Bean
	@Fallback
	InstantSource systemTime() {
		return InstantSource.system();
	}

	@Bean
	Node thisNode(JobProperties properties, DataSource database) throws MetaDataAccessException {
		String product = JdbcUtils.extractDatabaseMetaData(database, (meta) -> meta.getDatabaseProductName());
		String name = (properties.node() != null) ? properties.node() : new SchedulerName.Hostname().getName();
		return new Node(name, "H2".equals(product));
	}

	@Bean
	Task<Void> trainingJobTask(JobRunner runner) {
		return JobTask.runBy(runner);
	}

	@Bean
	DbSchedulerCustomizer trainingWorkers(JobProperties jobs, DbSchedulerProperties scheduler, Node node) {
		int candidates = (int) Math
			.ceil(scheduler.getThreads() * scheduler.getPollingStrategyUpperLimitFractionOfThreads());
		return new DbSchedulerCustomizer() {
			@Override
			public Optional<SchedulerName> schedulerName() {
				return Optional.of(node);
			}

			@Override
			public Optional<ExecutorService> executorService() {
				return Optional.of(workers(jobs.workers(), candidates));
			}

			@Override
			public Optional<Serializer> serializer() {
				return Optional.of(new NoData());
			}
		};
	}

	/**
	 * Platform threads, because native code pins and outlasts virtual ones. Every poll of
	 * the scheduler makes what the polls before left in the queue void, so the queue
	 * holds one poll's candidates and drops the oldest; otherwise it would grow as long
	 * as all workers are busy. Not a bean: Spring Boot would take it for the
	 * application's executor.
	 */
	static ExecutorService workers(int count, int candidates) {
		AtomicInteger number = new AtomicInteger();
		ThreadFactory threads = (work) -> {
			Thread thread = new Thread(work, "training-" + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
		return new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(candidates), threads,
				new ThreadPoolExecutor.DiscardOldestPolicy());
	}

	/** Makes the scheduler look for work when there is some, and for none in the end. */
	@Configuration(proxyBeanMethods = false)
	static class Signals {

		private final Scheduler scheduler;

		Signals(Scheduler scheduler) {
			this.scheduler = scheduler;
		}

		@EventListener
		void on(JobChanged change) {
			if (change.state() == JobState.QUEUED) {
				this.scheduler.triggerCheckForDueExecutions();
			}
		}

		@EventListener
		void on(ContextClosedEvent closed) {
			this.scheduler.pause();
		}

	}

	/**
	 * Jobs have no data in the scheduler's table, least of all serialised Java objects.
	 */
	private static final class NoData implements Serializer {

		@Override
		public byte[] serialize(Object data) {
			if (data != null) {
				throw new SerializationException("a job has no data", null);
			}
			return new byte[0];
		}

		@Override
		@SuppressWarnings("NullAway") // the scheduler expects null where there is no data
		public <T> T deserialize(Class<T> type, byte[] serialized) {
			return type.cast(null);
		}

	}

}
