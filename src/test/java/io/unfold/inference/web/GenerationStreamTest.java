package io.unfold.inference.web;

import java.io.IOException;

import io.unfold.StreamClient;
import io.unfold.inference.web.GenerateController.Answer;
import jakarta.servlet.AsyncContext;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

class GenerationStreamTest {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final AsyncContext async = mock(AsyncContext.class);

	private final StreamClient client = new StreamClient();

	private int resumed;

	private int closed;

	@Test
	void sendsAnEventForEachTokenAndThenTheWhole() {
		Answer whole = Babble.text("ab", 100);
		while (!whole.writing().hasEnded()) {
			whole.writing().write();
		}
		GenerationStream stream = stream(Babble.text("ab", 100));
		while (stream.next()) {
			assertThat(this.closed).isZero();
		}
		String[] events = this.client.received().split("\n\n");
		assertThat(events).hasSize(101);
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < 100; i++) {
			assertThat(events[i]).startsWith("event: token\ndata: ");
			text.append(data(events[i]).get("text").asString());
		}
		assertThat(text).hasToString(whole.writing().text());
		assertThat(events[100]).startsWith("event: end\n");
		assertThat(data(events[100])).hasToString(JSON.writeValueAsString(whole.response()));
		verify(this.async).complete();
		assertThat(this.closed).isEqualTo(1);
	}

	@Test
	void neverSendsAStopString() {
		Answer whole = Babble.text("", 60);
		while (!whole.writing().hasEnded()) {
			whole.writing().write();
		}
		String stop = whole.writing().text().substring(40, 44);
		GenerationStream stream = stream(Babble.text("", 60, stop));
		while (stream.next()) {
			assertThat(this.closed).isZero();
		}
		StringBuilder text = new StringBuilder();
		for (String event : this.client.received().split("\n\n")) {
			if (event.startsWith("event: token")) {
				text.append(data(event).get("text").asString());
			}
		}
		String expected = whole.writing().text().substring(0, whole.writing().text().indexOf(stop));
		assertThat(text).hasToString(expected);
		assertThat(this.client.received()).contains("\"finishReason\":\"stop\"");
	}

	@Test
	void writesSliceBySlice() {
		Answer answer = Babble.text("", 1000);
		GenerationStream stream = stream(answer);
		stream.onWritePossible();
		assertThat(this.resumed).isEqualTo(1);
		assertThat(answer.writing().tokens()).isZero();
		assertThat(stream.next()).isTrue();
		assertThat(answer.writing().tokens()).isBetween(1, 100);
	}

	@Test
	void endsTheWritingAndFreesTheThreadWhenTheClientIsGone() {
		Answer answer = Babble.text("", Integer.MAX_VALUE);
		GenerationStream stream = stream(answer);
		assertThat(stream.next()).isTrue();
		int written = answer.writing().tokens();
		this.client.leaves();
		assertThat(stream.next()).isFalse();
		assertThat(answer.writing().tokens()).isEqualTo(written + 1);
		assertThat(this.closed).isEqualTo(1);
		assertThat(stream.next()).isFalse();
		assertThat(answer.writing().tokens()).isEqualTo(written + 1);
	}

	@Test
	void endsTheWritingWhenTheContainerTellsThatTheClientIsGone() {
		Answer answer = Babble.text("", Integer.MAX_VALUE);
		GenerationStream stream = stream(answer);
		stream.onError(new IOException("reset"));
		assertThat(stream.next()).isFalse();
		assertThat(answer.writing().tokens()).isZero();
		assertThat(this.closed).isEqualTo(1);
		verify(this.async, never()).complete();
	}

	@Test
	void noticesThatTheClientIsGoneWhileItReadsThePrompt() {
		Answer answer = Babble.text("abc".repeat(10_000), 10);
		GenerationStream stream = stream(answer);
		this.client.leaves();
		assertThat(stream.next()).isFalse();
		assertThat(answer.writing().isReading()).isTrue();
	}

	@Test
	void leavesTheThreadWhileTheClientTakesNoMore() {
		Answer answer = Babble.text("", 50);
		GenerationStream stream = stream(answer);
		this.client.takes(1);
		assertThat(stream.next()).isFalse();
		assertThat(answer.writing().tokens()).isEqualTo(1);
		verify(this.async, never()).complete();
		this.client.takes(Integer.MAX_VALUE);
		stream.onWritePossible();
		assertThat(this.resumed).isEqualTo(1);
		while (stream.next()) {
			assertThat(this.closed).isZero();
		}
		assertThat(this.client.received()).contains("event: end");
		assertThat(answer.writing().tokens()).isEqualTo(50);
	}

	private GenerationStream stream(Answer answer) {
		return new GenerationStream(answer, this.async, this.client, JSON, (work) -> this.resumed++,
				(stream) -> this.closed++);
	}

	private static JsonNode data(String event) {
		return JSON.readTree(event.substring(event.indexOf("data: ") + 6));
	}

}
