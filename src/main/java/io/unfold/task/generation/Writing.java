package io.unfold.task.generation;

import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Arrays;

import com.fasterxml.jackson.annotation.JsonValue;
import io.unfold.nn.network.SequenceNetwork;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.State;

/**
 * A text that is being written: it is asked for token after token, so that who asks can
 * stop at any time. Not thread-safe; the threads that ask may take turns.
 */
public final class Writing {

	/** Tokens of the prompt that are read at once. */
	private static final int READ_AT_ONCE = 256;

	private final Fitted fitted;

	private final SequenceNetwork network;

	private final GenerationRequest request;

	private final SplittableRandom random;

	private final StopStrings stops;

	private final Set<Integer> never;

	/** What the network has not read yet. */
	private int[] unread;

	private State state;

	/** Probabilities of the next token. */
	private float[] next = {};

	private final StringBuilder text = new StringBuilder();

	private int tokens;

	private boolean ended;

	private FinishReason reason = FinishReason.LENGTH;

	/**
	 * @param prompt what the network reads first; at least one token
	 */
	Writing(Fitted fitted, SequenceNetwork network, int[] prompt, GenerationRequest request) {
		this.fitted = fitted;
		this.network = network;
		this.request = request;
		this.random = new SplittableRandom(request.seed());
		this.stops = new StopStrings(request.stop());
		this.never = Set.of(fitted.vocabulary().unknown());
		this.unread = prompt;
		this.state = network.initialState(1);
	}

	/** Whether more than a step's work of the prompt is still to be read. */
	public boolean isReading() {
		return this.unread.length > READ_AT_ONCE;
	}

	/** Reads a piece of the prompt. */
	public void read() {
		int[] piece = Arrays.copyOf(this.unread, Math.min(READ_AT_ONCE, this.unread.length));
		this.unread = Arrays.copyOfRange(this.unread, piece.length, this.unread.length);
		int vocabulary = this.fitted.vocabulary().size();
		SequenceNetwork.Result result = this.network.run(new Sequences.Tokens(piece, new int[] { piece.length }),
				this.state);
		this.state = result.state();
		this.next = Arrays.copyOfRange(result.outputs(), (piece.length - 1) * vocabulary, piece.length * vocabulary);
	}

	/** Writes a token, unless the text has ended. Returns the text that it adds. */
	public String write() {
		while (this.unread.length > 0) {
			read();
		}
		if (this.ended) {
			return "";
		}
		int token = this.request.sampling().draw(this.next, this.never, this.random);
		String shown = (token == this.fitted.vocabulary().endOrNone()) ? finish(FinishReason.END) : shown(token);
		this.text.append(shown);
		return shown;
	}

	private String shown(int token) {
		this.tokens++;
		this.unread = new int[] { token };
		String shown = this.stops.accept(this.fitted.vocabulary().token(token));
		if (this.stops.found()) {
			return shown + finish(FinishReason.STOP);
		}
		return (this.tokens == this.request.maxTokens()) ? shown + finish(FinishReason.LENGTH) : shown;
	}

	private String finish(FinishReason why) {
		this.ended = true;
		this.reason = why;
		return this.stops.rest();
	}

	/** Whether there is no more to come. */
	public boolean hasEnded() {
		return this.ended;
	}

	/** All that was written so far. */
	public String text() {
		return this.text.toString();
	}

	/** Tokens written so far, those of a stop string among them. */
	public int tokens() {
		return this.tokens;
	}

	/** Why the text has ended. */
	public FinishReason reason() {
		return this.reason;
	}

	/** Why a text has ended. */
	public enum FinishReason {

		/** It has as many tokens as were asked for. */
		LENGTH,

		/** A stop string came. */
		STOP,

		/** The model has ended it. */
		END;

		@JsonValue
		public String id() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
