package io.unfold.job.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.unfold.StreamClient;
import io.unfold.job.JobEvent;
import io.unfold.job.JobEvents;
import jakarta.servlet.AsyncContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

class EventStreamTest {

	private final List<JobEvent> log = new ArrayList<>();

	private final JobEvents events = mock(JobEvents.class);

	private final AsyncContext async = mock(AsyncContext.class);

	private final StreamClient client = new StreamClient();

	private long nanos;

	private int wakes;

	private EventStream stream;

	@BeforeEach
	void setUp() {
		given(this.events.after(eq("job"), anyLong(), anyInt())).willAnswer((call) -> this.log.stream()
			.filter((event) -> event.id() > (long) call.getArgument(1))
			.limit((int) call.getArgument(2))
			.toList());
		this.stream = stream(0);
	}

	@Test
	void sendsEventsInTheFormOfServerSentEvents() {
		happens("state", "{\"state\":\"QUEUED\"}");
		this.stream.onWritePossible();
		this.stream.send();
		assertThat(this.client.received()).isEqualTo("id: 1\nevent: state\ndata: {\"state\":\"QUEUED\"}\n\n");
	}

	@Test
	void leavesTheWritingToTheOneThreadThatWrites() {
		happens("state", "{}");
		this.stream.onWritePossible();
		assertThat(this.wakes).isEqualTo(1);
		assertThat(this.client.received()).isEmpty();
	}

	@Test
	void writesNothingBeforeTheContainerHasLetGoOfTheRequest() {
		happens("state", "{}");
		this.stream.due();
		this.stream.send();
		assertThat(this.client.received()).isEmpty();
	}

	@Test
	void beginsAfterTheLastEventThatTheClientHas() {
		happens("state", "{}");
		happens("metric", "{}");
		this.stream = stream(1);
		this.stream.onWritePossible();
		this.stream.send();
		assertThat(this.client.received()).startsWith("id: 2\n").doesNotContain("id: 1\n");
	}

	@Test
	void losesNothingWhenTheClientTakesNoMore() {
		this.client.takes(1);
		for (int i = 0; i < 250; i++) {
			happens("metric", "{\"epoch\":" + i + "}");
		}
		this.stream.onWritePossible();
		this.stream.send();
		int first = events();
		assertThat(first).isBetween(1, 249);
		this.stream.due();
		this.stream.send();
		assertThat(events()).isEqualTo(first);
		this.client.takes(Integer.MAX_VALUE);
		this.stream.onWritePossible();
		this.stream.send();
		assertThat(events()).isEqualTo(250);
		assertThat(this.client.received()).contains("id: 250\n");
	}

	@Test
	void closesAfterTheEnd() {
		happens("state", "{}");
		happens("end", "{}");
		this.stream.onWritePossible();
		this.stream.send();
		verify(this.async).complete();
		assertThat(this.stream.isClosed()).isTrue();
	}

	@Test
	void doesNotCloseBeforeTheClientHasTheEnd() {
		this.client.takes(1);
		happens("end", "{}");
		this.stream.onWritePossible();
		this.stream.send();
		verify(this.async, never()).complete();
		this.client.takes(Integer.MAX_VALUE);
		this.stream.onWritePossible();
		this.stream.send();
		verify(this.async).complete();
	}

	@Test
	void showsThatItIsAliveWhenNothingHappens() {
		this.stream.onWritePossible();
		this.stream.send();
		this.nanos += Duration.ofSeconds(14).toNanos();
		this.stream.due();
		this.stream.send();
		assertThat(this.client.received()).isEmpty();
		this.nanos += Duration.ofSeconds(1).toNanos();
		this.stream.due();
		this.stream.send();
		assertThat(this.client.received()).matches(":.*\n\n");
	}

	@Test
	void endsWhenTheClientIsGone() {
		this.client.leaves();
		happens("state", "{}");
		this.stream.onWritePossible();
		this.stream.send();
		assertThat(this.stream.isClosed()).isTrue();
	}

	private EventStream stream(long lastId) {
		return new EventStream("job", lastId, this.events, this.async, this.client, () -> this.nanos,
				() -> this.wakes++);
	}

	private int events() {
		return this.client.received().split("\n\n").length;
	}

	private void happens(String type, String data) {
		this.log.add(new JobEvent(this.log.size() + 1, type, data));
	}

}
