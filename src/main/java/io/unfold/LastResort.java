package io.unfold;

import java.lang.Thread.UncaughtExceptionHandler;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a thread dies of a fault that nobody caught. When memory ran out and
 * took one of the threads with it that accept and watch connections, the process would
 * stay and never answer again: it ends instead, so that whatever supervises it starts it
 * anew; jobs go on from their checkpoints.
 */
class LastResort implements UncaughtExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(LastResort.class);

	/** Status of a process that ran out of memory. */
	private static final int STATUS = 3;

	private final Runnable end;

	LastResort(Runnable end) {
		this.end = end;
	}

	static LastResort halting() {
		// not exit: its hooks would need memory too
		return new LastResort(() -> Runtime.getRuntime().halt(STATUS));
	}

	@Override
	public void uncaughtException(Thread thread, Throwable fault) {
		boolean deaf = thread.getName().endsWith("-Poller") || thread.getName().endsWith("-Acceptor");
		if (fault instanceof OutOfMemoryError && deaf) {
			try {
				log.error("out of memory in the thread {}: the service cannot answer any more and ends",
						thread.getName(), fault);
			}
			finally {
				this.end.run();
			}
		}
		else {
			log.error("the thread {} died", thread.getName(), fault);
		}
	}

}
