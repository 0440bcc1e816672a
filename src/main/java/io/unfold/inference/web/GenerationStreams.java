package io.unfold.inference.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.unfold.inference.InferencePool;
import io.unfold.inference.InferenceProperties;
import io.unfold.inference.web.GenerateController.Answer;
import io.unfold.problem.TooManyRequestsException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The texts that are being written as streams. */
@Component
class GenerationStreams {

	private static final Duration LONGEST = Duration.ofMinutes(30);

	private final InferencePool pool;

	private final JsonMapper json;

	private final int limit;

	private final Set<GenerationStream> streams = ConcurrentHashMap.newKeySet();

	private volatile boolean stopping;

	GenerationStreams(InferencePool pool, JsonMapper json, InferenceProperties properties) {
		this.pool = pool;
		this.json = json;
		this.limit = properties.streams();
	}

	/**
	 * Answers a request with the events of a text.
	 * @throws TooManyRequestsException when too many streams are open
	 */
	void open(Answer answer, HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (this.streams.size() >= this.limit || this.stopping) {
			throw new TooManyRequestsException(
					"%d texts are being written as streams, and no more can be".formatted(this.limit), 1);
		}
		response.setContentType("text/event-stream;charset=UTF-8");
		response.setHeader("Cache-Control", "no-store");
		// a proxy that gathers what it passes on would hold the events back
		response.setHeader("X-Accel-Buffering", "no");
		AsyncContext async = request.startAsync();
		async.setTimeout(LONGEST.toMillis());
		ServletOutputStream out = response.getOutputStream();
		GenerationStream stream = new GenerationStream(answer, async, out, this.json, this.pool::resume,
				this.streams::remove);
		async.addListener(stream);
		this.streams.add(stream);
		out.setWriteListener(stream);
	}

	/** Number of open streams. */
	int count() {
		return this.streams.size();
	}

	/** Open streams would hold a graceful shutdown until it gives up. */
	@EventListener
	void on(ContextClosedEvent closed) {
		this.stopping = true;
		this.streams.forEach(GenerationStream::close);
	}

}
