package io.unfold.task;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.unfold.data.DataSource;
import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SplitTest {

	@Test
	void everyExampleIsInOnePart() {
		for (Double test : new Double[] { null, 0.2 }) {
			Split.Parts parts = new Split(0.1, test, 3).drawn(101, (i) -> i % 4);
			assertThat(IntStream
				.concat(IntStream.concat(IntStream.of(parts.training()), IntStream.of(parts.validation())),
						IntStream.of(parts.test()))
				.sorted()
				.toArray()).isEqualTo(IntStream.range(0, 101).toArray());
			assertThat(parts.validation()).hasSizeBetween(9, 11);
			assertThat(parts.test()).hasSizeBetween((test != null) ? 19 : 0, (test != null) ? 21 : 0);
		}
	}

	@Test
	void groupsAreHeldOutInProportion() {
		Split.Parts parts = new Split(0.25, null, 7).drawn(400, (i) -> (i < 100) ? "rare" : "common");
		assertThat(IntStream.of(parts.validation()).filter((i) -> i < 100).count()).isBetween(24L, 26L);
	}

	@Test
	void everyGroupIsTrainedOn() {
		Split.Parts parts = new Split(0.5, 0.4, 7).drawn(40, (i) -> i / 2);
		assertThat(IntStream.of(parts.training()).map((i) -> i / 2).distinct().count()).isEqualTo(20);
	}

	@Test
	void somethingIsHeldOutWhereverThereAreTwoExamplesOfAGroup() {
		assertThat(new Split(0.1, null, 7).drawn(2, (i) -> "").validation()).hasSize(1);
	}

	@Test
	void theSeedDecides() {
		assertThat(new Split(0.1, null, 7).drawn(100, (i) -> "").validation())
			.isEqualTo(new Split(0.1, null, 7).drawn(100, (i) -> "").validation())
			.isNotEqualTo(new Split(0.1, null, 8).drawn(100, (i) -> "").validation());
	}

	@Test
	void aSeriesIsSplitInTime() {
		assertThat(new Split(0.2, 0.1, 7).inTime(10, 0, 0)).isEqualTo(spans(0, 7, 7, 9, 9, 10));
		assertThat(new Split(0.2, null, 7).inTime(10, 0, 0)).isEqualTo(spans(0, 8, 8, 10, 10, 10));
		assertThat(new Split(0.2, null, 7).inTime(1, 0, 0)).isEqualTo(spans(0, 1, 1, 1, 1, 1));
	}

	@Test
	void whatDatasetsHaveOfASeriesComesAfterIt() {
		Split both = Split.of(heldOut("{'dataset': 'v'}"), heldOut("{'dataset': 't'}"), 1, source(rows(3)));
		assertThat(both.inTime(7, 2, 3)).isEqualTo(spans(0, 7, 7, 9, 9, 12));
		assertThat(both.inTime(0, 2, 0)).isEqualTo(spans(0, 0, 0, 2, 0, 0));
		Split share = Split.of(heldOut("{'fraction': 0.2}"), heldOut("{'dataset': 't'}"), 1, source(rows(3)));
		assertThat(share.inTime(10, 0, 3)).isEqualTo(spans(0, 8, 8, 10, 10, 13));
		Split shareOfTest = Split.of(heldOut("{'dataset': 'v'}"), heldOut("{'fraction': 0.2}"), 1, source(rows(3)));
		// what watches training would come after what judges it
		assertRefused("/training/test/fraction", () -> shareOfTest.inTime(10, 4, 0));
	}

	private static Spans spans(int training, int trained, int validation, int validated, int test, int tested) {
		return new Spans(new Spans.Span(training, trained), new Spans.Span(validation, validated),
				new Spans.Span(test, tested));
	}

	@Test
	void recordsAreOfOneDatasetAfterTheOther() {
		Split split = new Split(0.1, null, 1).with(3, 2, 4);
		assertThat(IntStream.range(0, 9).mapToObj(split::source).map(Split.Source::ordinal)).containsExactly(0, 0, 0, 1,
				1, 2, 2, 2, 2);
		assertThat(new Split(0.1, 0.1, 1).source(1_000_000)).isEqualTo(Split.Source.EXAMPLES);
	}

	@Test
	void theLastExamplesAreHeldOutWhereTheirOrderIsTime() {
		Split.Parts parts = split("{'fraction': 0.2, 'order': 'time'}", "{'fraction': 0.1}", rows(10)).drawn(10,
				(i) -> i % 2);
		assertThat(parts.training()).containsExactly(0, 1, 2, 3, 4, 5, 6);
		assertThat(parts.validation()).containsExactly(7, 8);
		assertThat(parts.test()).containsExactly(9);
	}

	@Test
	void aFieldTellsTheOrder() {
		String numbers = "[{'at': 30}, {'at': 4}, {'at': 200}, {'at': 1}]";
		assertThat(split("{'fraction': 0.25, 'orderBy': 'at'}", null, numbers).drawn(4, (i) -> "").validation())
			.containsExactly(2);
		String dates = "[{'at': '2021-10-09'}, {'at': '2021-11-01'}, {'at': '2020-12-31'}, {'at': '2021-01-01'}]";
		Split.Parts parts = split("{'fraction': 0.25, 'orderBy': 'at'}", "{'fraction': 0.25}", dates).drawn(4,
				(i) -> "");
		assertThat(parts.test()).containsExactly(1);
		assertThat(parts.validation()).containsExactly(0);
	}

	@Test
	void allExamplesOfAnEntityAreInOnePart() {
		for (long seed = 0; seed < 20; seed++) {
			String data = IntStream.range(0, 200)
				.mapToObj((i) -> "{'patient': 'p" + i * i % 23 + "'}")
				.collect(Collectors.joining(", ", "[", "]"));
			Split.Parts parts = Split
				.of(heldOut("{'fraction': 0.2, 'by': 'patient'}"), heldOut("{'fraction': 0.2}"), seed, source(data))
				.drawn(200, (i) -> "");
			IntFunction<Integer> patient = (i) -> i * i % 23;
			List<Set<Integer>> patients = Stream.of(parts.training(), parts.validation(), parts.test())
				.map((part) -> IntStream.of(part).mapToObj(patient).collect(Collectors.toSet()))
				.toList();
			assertThat(patients.get(0)).doesNotContainAnyElementsOf(patients.get(1))
				.doesNotContainAnyElementsOf(patients.get(2));
			assertThat(patients.get(1)).doesNotContainAnyElementsOf(patients.get(2));
			assertThat(parts.training().length + parts.validation().length + parts.test().length).isEqualTo(200);
			assertThat(parts.validation()).hasSizeBetween(32, 48);
			assertThat(parts.test()).hasSizeBetween(32, 48);
		}
	}

	@Test
	void everyPartHasAnEntityHoweverLarge() {
		String data = "[{'p': 1}, {'p': 1}, {'p': 1}, {'p': 2}, {'p': 2}, {'p': 3}]";
		Split.Parts parts = split("{'fraction': 0.01, 'by': 'p'}", "{'fraction': 0.01}", data).drawn(6, (i) -> "");
		assertThat(parts.validation()).isNotEmpty();
		assertThat(parts.test()).isNotEmpty();
		assertThat(parts.training()).isNotEmpty();
		assertThatThrownBy(() -> split("{'fraction': 0.1, 'by': 'p'}", "{'fraction': 0.1}", "[{'p': 1}, {'p': 2}]")
			.drawn(2, (i) -> "")).isInstanceOfSatisfying(InvalidRequestException.class,
					(fault) -> assertThat(fault.violations().get(0).pointer()).isEqualTo("/training/validation/by"));
	}

	@Test
	void datasetsThatAreHeldOutComeAfterTheOthers() {
		Split.Parts parts = Split.of(heldOut("{'dataset': 'v'}"), heldOut("{'dataset': 't'}"), 1, source(rows(3)))
			.with(3, 2, 4)
			.drawn(9, (i) -> i);
		assertThat(parts.training()).containsExactly(0, 1, 2);
		assertThat(parts.validation()).containsExactly(3, 4);
		assertThat(parts.test()).containsExactly(5, 6, 7, 8);
	}

	@Test
	void aShareMayBeHeldOutBesideADataset() {
		Split split = Split.of(heldOut("{'fraction': 0.5}"), heldOut("{'dataset': 't'}"), 1, source(rows(4)))
			.with(4, 0, 2);
		Split.Parts parts = split.drawn(6, (i) -> "");
		assertThat(split.own(6)).isEqualTo(4);
		assertThat(IntStream.of(parts.validation()).filter((i) -> i < 4).count()).isEqualTo(2);
		assertThat(parts.validation()).hasSize(2);
		assertThat(parts.test()).containsExactly(4, 5);
	}

	@Test
	void refusesToSplitASeriesOtherwiseThanInTime() {
		assertRefused("/training/validation/by",
				() -> split("{'fraction': 0.1, 'by': 'x'}", null, rows(9)).inTime(9, 0, 0));
		assertRefused("/training/validation/order",
				() -> split("{'fraction': 0.1, 'order': 'random'}", null, rows(9)).inTime(9, 0, 0));
		assertRefused("/training/test/orderBy",
				() -> split("{'fraction': 0.1}", "{'fraction': 0.1, 'orderBy': 'x'}", rows(9)).inTime(9, 0, 0));
		assertThat(split("{'fraction': 0.2, 'order': 'time'}", null, rows(10)).inTime(10, 0, 0).validation())
			.isEqualTo(new Spans.Span(8, 10));
	}

	@Test
	void refusesWhatIsSplitByRecordsWhereExamplesAreNone() {
		assertRefused("/training/validation/by",
				() -> split("{'fraction': 0.1, 'by': 'x'}", null, rows(9)).drawn(8, (i) -> ""));
		assertRefused("/training/validation/dataset",
				() -> Split.of(heldOut("{'dataset': 'v'}"), null, 1, source(rows(3)))
					.with(3, 3, 0)
					.drawn(7, (i) -> ""));
	}

	@Test
	void saysWhichRecordsLackTheFieldThatTheyAreSplitBy() {
		assertThatThrownBy(() -> split("{'fraction': 0.1, 'by': 'p'}", null, "[{'p': 1}, {'q': 1}, {'p': null}]"))
			.isInstanceOfSatisfying(InvalidRequestException.class,
					(fault) -> assertThat(fault.violations()).extracting((v) -> v.line() + v.pointer())
						.containsExactly("2/p", "3/p"));
		assertThatThrownBy(() -> split("{'fraction': 0.1, 'orderBy': 'p'}", null, "[{'p': 1}, {'p': 'late'}]"))
			.isInstanceOfSatisfying(InvalidRequestException.class,
					(fault) -> assertThat(fault.violations()).extracting((v) -> v.line() + v.pointer())
						.containsExactly("2/p"));
	}

	@Test
	void refusesWhatCannotBeHeldOut() {
		assertInvalid("dataset", "{'dataset': 'x', 'fraction': 0.1}");
		assertInvalid("fraction", "{}");
		assertInvalid("fraction", "{'fraction': 0.95}");
		assertInvalid("by", "{'fraction': 0.1, 'by': 'x', 'order': 'time'}");
		assertInvalid("orderBy", "{'fraction': 0.1, 'orderBy': 'x', 'order': 'random'}");
	}

	private static void assertInvalid(String field, String json) {
		assertThatThrownBy(() -> heldOut(json)).as(json)
			.rootCause()
			.isInstanceOfSatisfying(InvalidFieldException.class, (fault) -> assertThat(fault.field()).isEqualTo(field));
	}

	private static void assertRefused(String pointer, ThrowingCallable split) {
		assertThatThrownBy(split).isInstanceOfSatisfying(InvalidRequestException.class,
				(fault) -> assertThat(fault.violations().get(0).pointer()).isEqualTo(pointer));
	}

	private static Split split(String validation, String test, String data) {
		return Split.of(heldOut(validation), (test != null) ? heldOut(test) : null, 3, source(data));
	}

	private static String rows(int n) {
		return IntStream.range(0, n).mapToObj((i) -> "{'x': " + i + "}").collect(Collectors.joining(", ", "[", "]"));
	}

	private static DataSource source(String examples) {
		return DataSource.ofExamples((ArrayNode) JsonMapper.shared().readTree(examples.replace('\'', '"')));
	}

	private static HeldOut heldOut(String json) {
		return JsonMapper.shared().readValue(json.replace('\'', '"'), HeldOut.class);
	}

}
