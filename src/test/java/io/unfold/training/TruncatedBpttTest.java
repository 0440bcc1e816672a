package io.unfold.training;

import io.unfold.data.DataFormat;
import io.unfold.data.DataSource;
import io.unfold.nn.network.TruncatedBptt;
import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TruncatedBpttTest {

	private static final DataSource SERIES = DataSource.of(DataFormat.CSV, "x\n" + "1\n2\n3\n".repeat(40));

	private static final DataSource LABELLED = DataSource.of(DataFormat.JSONL,
			"{\"sequence\": \"a b c\", \"label\": \"x\"}\n{\"sequence\": \"d e\", \"label\": \"y\"}\n".repeat(9));

	private static final DataSource PAIRS = DataSource.of(DataFormat.JSONL,
			"{\"source\": \"a b\", \"target\": \"c d\"}\n".repeat(9));

	@Test
	void needsMemoryForAWindowOnly() {
		String task = "{\"type\": \"forecasting\", \"target\": \"x\", \"context\": 60}";
		Trainer.Estimate whole = estimate(task, "{}", null, SERIES);
		Trainer.Estimate windows = estimate(task, "{}", new TruncatedBptt(10, 5), SERIES);
		assertThat(windows.parameters()).isEqualTo(whole.parameters());
		assertThat(windows.memoryBytes()).isLessThan(whole.memoryBytes());
	}

	@Test
	void isRefusedWhereANetworkReadsFromBothEnds() {
		assertRefused("{\"type\": \"classification\"}", "{\"bidirectional\": true}", LABELLED, "bidirectional");
	}

	@Test
	void isRefusedWhereAnEncoderReadsBeforeADecoderWrites() {
		assertRefused("{\"type\": \"translation\"}", "{\"embedding\": 4, \"encoder\": {}, \"decoder\": {}}", PAIRS,
				"encoder-decoder");
	}

	/** Whatever the lengths: nothing of the data decides. */
	private static void assertRefused(String task, String network, DataSource data, String reason) {
		assertThatThrownBy(() -> estimate(task, network, new TruncatedBptt(100, 100), data))
			.isInstanceOfSatisfying(InvalidRequestException.class, (refusal) -> {
				assertThat(refusal.violations().get(0).pointer()).isEqualTo("/training/truncatedBptt");
				assertThat(refusal).hasMessageContaining(reason);
			});
		assertThat(estimate(task, network, null, data).examples()).isPositive();
	}

	@Test
	void neverGoesBackFurtherThanForward() {
		assertThatThrownBy(() -> new TruncatedBptt(5, 6)).isInstanceOf(InvalidFieldException.class);
	}

	private static Trainer.Estimate estimate(String task, String network, TruncatedBptt bptt, DataSource data) {
		String windows = (bptt != null)
				? "{\"forward\": %d, \"backward\": %d}".formatted(bptt.forward(), bptt.backward()) : "null";
		TrainingPlan plan = JsonMapper.shared()
			.readValue("{\"task\": %s, \"network\": %s, \"training\": {\"truncatedBptt\": %s}}".formatted(task, network,
					windows), TrainingPlan.class);
		return new MiniBatchTrainer().estimate(plan, data);
	}

}
