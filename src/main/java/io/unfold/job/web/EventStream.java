package io.unfold.job.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

import io.unfold.job.JobEvent;
import io.unfold.job.JobEvents;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's stream of a job's events. It holds no events itself: when the client takes
 * no more, they stay in the database until it does. All is written by one thread, that of
 * {@link EventStreams}; the container's threads only leave word.
 */
class EventStream implements WriteListener, AsyncListener {

	private static final Logger log = LoggerFactory.getLogger(EventStream.class);

	private static final int BATCH = 100;

	private static final long HEARTBEAT = Duration.ofSeconds(15).toNanos();

	private final String jobId;

	private final JobEvents events;

	private final AsyncContext async;

	private final ServletOutputStream out;

	private final LongSupplier nanoTime;

	private final Runnable wake;

	private long lastId;

	private long writtenAt;

	private boolean unflushed;

	private boolean ending;

	/** Whether there may be something to do. */
	private volatile boolean due;

	/**
	 * Whether the container has let go of the request, so that another thread may write.
	 */
	private volatile boolean begun;

	private volatile boolean closed;

	/**
	 * @param lastId the last event that the client has
	 * @param wake has the writing thread look at its streams
	 */
	EventStream(String jobId, long lastId, JobEvents events, AsyncContext async, ServletOutputStream out,
			LongSupplier nanoTime, Runnable wake) {
		this.jobId = jobId;
		this.lastId = lastId;
		this.events = events;
		this.async = async;
		this.out = out;
		this.nanoTime = nanoTime;
		this.wake = wake;
		this.writtenAt = nanoTime.getAsLong();
	}

	boolean isOf(String jobId) {
		return this.jobId.equals(jobId);
	}

	boolean isClosed() {
		return this.closed;
	}

	void due() {
		this.due = true;
	}

	/** Sends what is new, as far as the client takes it; never waits. */
	void send() {
		if (!this.due || !this.begun || this.closed) {
			return;
		}
		this.due = false;
		try {
			while (isFlushed() && !this.ending) {
				List<JobEvent> next = this.events.after(this.jobId, this.lastId, BATCH);
				if (!next.isEmpty()) {
					write(next);
				}
				else if (this.nanoTime.getAsLong() - this.writtenAt >= HEARTBEAT) {
					write(": still here\n\n");
				}
				else {
					return;
				}
			}
			if (this.ending && isFlushed()) {
				close();
			}
		}
		catch (IOException | RuntimeException ex) {
			log.debug("an event stream of job {} broke off", this.jobId, ex);
			close();
		}
	}

	/** Ends the stream. */
	void close() {
		if (!this.closed) {
			this.closed = true;
			try {
				this.async.complete();
			}
			catch (IllegalStateException ex) {
				log.debug("the container has ended the stream already", ex);
			}
		}
	}

	private void write(List<JobEvent> next) throws IOException {
		StringBuilder text = new StringBuilder();
		for (JobEvent event : next) {
			text.append("id: ").append(event.id()).append("\nevent: ").append(event.type());
			text.append("\ndata: ").append(event.data()).append("\n\n");
			this.lastId = event.id();
			this.ending = event.type().equals(JobEvent.END);
		}
		write(text.toString());
	}

	private void write(String text) throws IOException {
		this.out.write(text.getBytes(StandardCharsets.UTF_8));
		this.unflushed = true;
		this.writtenAt = this.nanoTime.getAsLong();
	}

	/** Whether the client has taken all that was written; tries to make it so. */
	private boolean isFlushed() throws IOException {
		if (!this.out.isReady()) {
			return false;
		}
		if (this.unflushed) {
			this.unflushed = false;
			this.out.flush();
		}
		return this.out.isReady();
	}

	@Override
	public void onWritePossible() {
		this.begun = true;
		this.due = true;
		this.wake.run();
	}

	@Override
	public void onError(Throwable fault) {
		log.debug("a client of job {} went away", this.jobId, fault);
		this.closed = true;
	}

	@Override
	public void onComplete(AsyncEvent event) {
		this.closed = true;
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		event.getAsyncContext().complete();
	}

	@Override
	public void onError(AsyncEvent event) {
		this.closed = true;
		event.getAsyncContext().complete();
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
	}

}
