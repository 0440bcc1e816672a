package io.unfold.job.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.unfold.job.JobChanged;
import io.unfold.job.JobEvents;
import io.unfold.job.JobProperties;
import io.unfold.problem.TooManyRequestsException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The open event streams. One thread writes to all of them without ever waiting for a
 * client: on news of a job, when a client takes more, and every second for what other
 * nodes did.
 */
@Component
class EventStreams implements DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

	private static final int RETRY_SECONDS = 30;

	private final JobEvents events;

	private final int limit;

	private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

	private final ScheduledThreadPoolExecutor writer;

	private final AtomicBoolean woken = new AtomicBoolean();

	private volatile boolean stopping;

	EventStreams(JobEvents events, JobProperties properties) {
		this.events = events;
		this.limit = properties.streams();
		this.writer = new ScheduledThreadPoolExecutor(1, (work) -> {
			Thread thread = new Thread(work, "job-events");
			thread.setDaemon(true);
			return thread;
		});
		this.writer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		var unused = this.writer.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
	}

	/**
	 * Answers a request with the job's events.
	 * @param lastId the last event that the client has
	 * @throws TooManyRequestsException when too many streams are open
	 */
	void open(String jobId, long lastId, HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (this.streams.size() >= this.limit || this.stopping) {
			throw new TooManyRequestsException(
					"%d event streams are open, and no more can be: ask for the job itself".formatted(this.limit),
					RETRY_SECONDS);
		}
		response.setContentType("text/event-stream;charset=UTF-8");
		response.setHeader("Cache-Control", "no-store");
		// a proxy that gathers what it passes on would hold the events back
		response.setHeader("X-Accel-Buffering", "no");
		AsyncContext async = request.startAsync();
		async.setTimeout(0);
		ServletOutputStream out = response.getOutputStream();
		EventStream stream = new EventStream(jobId, lastId, this.events, async, out, System::nanoTime, this::wake);
		async.addListener(stream);
		this.streams.add(stream);
		out.setWriteListener(stream);
	}

	/** Number of open streams. */
	int count() {
		return this.streams.size();
	}

	@EventListener
	void on(JobChanged change) {
		boolean any = false;
		for (EventStream stream : this.streams) {
			if (stream.isOf(change.id())) {
				stream.due();
				any = true;
			}
		}
		if (any) {
			wake();
		}
	}

	/** Open streams would hold a graceful shutdown until it gives up. */
	@EventListener
	void on(ContextClosedEvent closed) {
		this.stopping = true;
		wake();
	}

	@Override
	public void destroy() throws InterruptedException {
		this.writer.shutdown();
		if (!this.writer.awaitTermination(Duration.ofSeconds(2).toMillis(), TimeUnit.MILLISECONDS)) {
			this.writer.shutdownNow();
		}
	}

	private void wake() {
		if (this.woken.compareAndSet(false, true)) {
			this.writer.execute(this::send);
		}
	}

	private void tick() {
		this.streams.forEach(EventStream::due);
		send();
	}

	private void send() {
		this.woken.set(false);
		for (EventStream stream : this.streams) {
			try {
				stream.send();
				if (this.stopping) {
					stream.close();
				}
			}
			catch (RuntimeException ex) {
				log.warn("an event stream failed", ex);
				stream.close();
			}
		}
		this.streams.removeIf(EventStream::isClosed);
	}

}
