package io.unfold.inference.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

import io.unfold.inference.InferencePool;
import io.unfold.inference.web.GenerateController.Answer;
import io.unfold.task.generation.Writing;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * A text that one client is sent while it is written, token by token: a token is only
 * written when the client has taken the one before it. It is worked on in slices on the
 * {@link InferencePool}, and by one thread at a time: whoever finds the client not ready
 * leaves, and the container's call of {@link #onWritePossible} has the work go on. So a
 * slow client holds no thread, and one that went away ends the writing.
 */
class GenerationStream implements WriteListener, AsyncListener, InferencePool.Slices {

	private static final Logger log = LoggerFactory.getLogger(GenerationStream.class);

	/** Tokens that are written before others have their turn. */
	private static final int SLICE = 16;

	private final Answer answer;

	private final AsyncContext async;

	private final ServletOutputStream out;

	private final JsonMapper json;

	private final Consumer<InferencePool.Slices> resume;

	private final Consumer<GenerationStream> closing;

	private boolean unflushed;

	private boolean ended;

	private volatile boolean closed;

	/**
	 * @param resume has the slices done, one after the other
	 * @param closing hears of the end
	 */
	GenerationStream(Answer answer, AsyncContext async, ServletOutputStream out, JsonMapper json,
			Consumer<InferencePool.Slices> resume, Consumer<GenerationStream> closing) {
		this.answer = answer;
		this.async = async;
		this.out = out;
		this.json = json;
		this.resume = resume;
		this.closing = closing;
	}

	@Override
	public void onWritePossible() {
		this.resume.accept(this);
	}

	/** Writes some tokens, as far as the client takes them; never waits. */
	@Override
	public boolean next() {
		try {
			for (int i = 0; i < SLICE && !this.closed; i++) {
				if (!isFlushed()) {
					return false;
				}
				if (this.ended) {
					close();
					return false;
				}
				step();
			}
			return !this.closed;
		}
		catch (IOException ex) {
			log.debug("a client went away while a text was written", ex);
		}
		catch (RuntimeException | Error ex) {
			if (!this.closed) {
				log.error("a text could not be written to its end", ex);
			}
		}
		close();
		return false;
	}

	private void step() throws IOException {
		Writing writing = this.answer.writing();
		if (writing.isReading()) {
			writing.read();
			// tells whether the client is still there
			write(": reading the prompt\n\n");
			return;
		}
		String text = writing.write();
		// the end of a text may set free what was held back, and is no token
		String events = (writing.hasEnded() && text.isEmpty() && writing.reason() == Writing.FinishReason.END) ? ""
				: event("token", Map.of("text", text));
		if (writing.hasEnded()) {
			this.ended = true;
			events += event("end", this.answer.response());
		}
		write(events);
	}

	private String event(String name, Object data) {
		return "event: " + name + "\ndata: " + this.json.writeValueAsString(data) + "\n\n";
	}

	private void write(String text) throws IOException {
		this.out.write(text.getBytes(StandardCharsets.UTF_8));
		this.unflushed = true;
	}

	/**
	 * Whether the client has taken all that was written; tries to make it so. If not, the
	 * container will call.
	 */
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

	/** Ends the stream. */
	void close() {
		if (!this.closed) {
			gone();
			try {
				this.async.complete();
			}
			catch (IllegalStateException ex) {
				log.debug("the container has ended the stream already", ex);
			}
		}
	}

	private void gone() {
		this.closed = true;
		this.closing.accept(this);
	}

	@Override
	public void onError(Throwable fault) {
		log.debug("a client went away while a text was written", fault);
		gone();
	}

	@Override
	public void onComplete(AsyncEvent event) {
		gone();
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		event.getAsyncContext().complete();
	}

	@Override
	public void onError(AsyncEvent event) {
		gone();
		event.getAsyncContext().complete();
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
	}

}
