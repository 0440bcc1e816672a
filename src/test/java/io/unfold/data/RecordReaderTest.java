package io.unfold.data;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class RecordReaderTest {

	private static final JsonMapper JSON = new JsonMapper();

	@Test
	void readsQuotedCellsWithCommasQuotesAndLineEnds() {
		assertThat(read(DataFormat.CSV, "a,b\r\n\"x, \"\"y\"\"\r\nz\",1\r\n\r\nlast,2"))
			.containsExactly("2 {\"a\":\"x, \\\"y\\\"\\r\\nz\",\"b\":1}", "5 {\"a\":\"last\",\"b\":2}");
	}

	@Test
	void skipsByteOrderMark() {
		for (DataFormat format : List.of(DataFormat.CSV, DataFormat.TSV)) {
			assertThat(read(format, "\uFEFFa\nx\n")).containsExactly("2 {\"a\":\"x\"}");
		}
		assertThat(read(DataFormat.JSONL, "\uFEFF{\"a\":1}")).containsExactly("1 {\"a\":1}");
		assertThat(read(DataFormat.TEXT, "\uFEFFx")).containsExactly("1 {\"text\":\"x\"}");
	}

	@Test
	void readsLinesWithAnyEnd() {
		for (String end : List.of("\n", "\r\n", "\r")) {
			assertThat(read(DataFormat.JSONL, "{\"a\":1}" + end + end + "  " + end + "{\"a\":2}")).as(end)
				.containsExactly("1 {\"a\":1}", "4 {\"a\":2}");
			assertThat(read(DataFormat.TSV, "x" + end + end + "1" + end)).containsExactly("3 {\"x\":1}");
			assertThat(read(DataFormat.CSV, "x" + end + end + "1" + end)).containsExactly("3 {\"x\":1}");
		}
	}

	@Test
	void givesCellsTheirTypes() {
		assertThat(read(DataFormat.CSV, "int,long,big,float,name,huge,nan,array,broken,empty,quoted\n"
				+ "-1,9876543210,123456789012345678901234567890,1.5e3,007,1e999,NaN,\"[1, [2]]\",[note],,\"4\""))
			.containsExactly(
					"2 {\"int\":-1,\"long\":9876543210,\"big\":123456789012345678901234567890,\"float\":1500.0,"
							+ "\"name\":\"007\",\"huge\":\"1e999\",\"nan\":\"NaN\",\"array\":[1,[2]],\"broken\":\"[note]\","
							+ "\"empty\":null,\"quoted\":4}");
	}

	@Test
	void readsSequenceColumnsAsSequences() {
		assertThat(read(DataFormat.CSV,
				"sequence,label\n0.1 0.2 3,1\n0.1;-2,b\n\"[[1,2],[3,4]]\",c\nthe cat,d\n1984,e\nnan bread 2,f\nNaN,g\n"))
			.containsExactly("2 {\"sequence\":[0.1,0.2,3],\"label\":1}", "3 {\"sequence\":[0.1,-2],\"label\":\"b\"}",
					"4 {\"sequence\":[[1,2],[3,4]],\"label\":\"c\"}", "5 {\"sequence\":\"the cat\",\"label\":\"d\"}",
					"6 {\"sequence\":\"1984\",\"label\":\"e\"}", "7 {\"sequence\":\"nan bread 2\",\"label\":\"f\"}",
					"8 {\"sequence\":\"NaN\",\"label\":\"g\"}");
	}

	@Test
	void readsTargetsAsNumbersAndTagsAsTexts() {
		assertThat(read(DataFormat.CSV, "target\n1.5\n1.5 2;3\n\"[1, [2]]\"\nhigh\n2 high\n")).containsExactly(
				"2 {\"target\":1.5}", "3 {\"target\":[1.5,2,3]}", "4 {\"target\":[1,[2]]}", "5 {\"target\":\"high\"}",
				"6 {\"target\":\"2 high\"}");
		assertThat(read(DataFormat.TSV, "sequence\ttags\na b\tO B-x\na\t7\na b\t[\"O\",\"B-x\"]\na b\t1 2\n"))
			.containsExactly("2 {\"sequence\":\"a b\",\"tags\":\"O B-x\"}", "3 {\"sequence\":\"a\",\"tags\":\"7\"}",
					"4 {\"sequence\":\"a b\",\"tags\":[\"O\",\"B-x\"]}", "5 {\"sequence\":\"a b\",\"tags\":\"1 2\"}");
	}

	@Test
	void readsParallelTextAsItStands() {
		assertThat(read(DataFormat.CSV, "target,source\n1.50,[2]\n"))
			.containsExactly("2 {\"target\":\"1.50\",\"source\":\"[2]\"}");
		assertThat(read(DataFormat.TSV, "one\t1\n\"two\t2\n"))
			.containsExactly("1 {\"source\":\"one\",\"target\":\"1\"}", "2 {\"source\":\"\\\"two\",\"target\":\"2\"}");
	}

	@Test
	void knowsHeaderOfTwoColumnsByNamesOrNumbers() {
		assertThat(read(DataFormat.TSV, "Target\tSource\nja\tyes\n"))
			.containsExactly("2 {\"target\":\"ja\",\"source\":\"yes\"}");
		assertThat(read(DataFormat.TSV, "sequence\tlabel\nthe cat\tup\n"))
			.containsExactly("2 {\"sequence\":\"the cat\",\"label\":\"up\"}");
		assertThat(read(DataFormat.TSV, "month\tsales\n2001-01\t112\n2001-02\t\n"))
			.containsExactly("2 {\"month\":\"2001-01\",\"sales\":112}", "3 {\"month\":\"2001-02\",\"sales\":null}");
		assertThat(read(DataFormat.TSV, "hello\thallo\n2\t2\nthree\tdrei\n")).hasSize(3);
	}

	@Test
	void takesTextPieceByPiece() {
		assertThat(read(DataFormat.TEXT, "one\r\ntwo \"3\"\n"))
			.containsExactly("1 {\"text\":\"one\\r\\ntwo \\\"3\\\"\\n\"}");
		int half = TextRecordReader.BUFFER / 2;
		assertPieces("äöü𝄞\n".repeat(50_000), (before, after) -> before.endsWith("\n"));
		assertPieces("two words  and more ".repeat(20_000),
				(before, after) -> after.startsWith(" ") && !before.endsWith(" "));
		assertPieces("x" + "𝄞".repeat(200_000), (before, after) -> after.startsWith("𝄞"));
		assertPieces("y".repeat(TextRecordReader.BUFFER), (before, after) -> true);
		assertPieces("\n".repeat(half) + "z", (before, after) -> true);
	}

	/** The pieces are the text, in lines that go on, and no more than one is held. */
	private static void assertPieces(String text, BiPredicate<String, String> border) {
		try (Stream<DataRecord> records = DataSource.of(DataFormat.TEXT, text).records()) {
			List<DataRecord> all = records.toList();
			List<String> pieces = all.stream().map((record) -> record.fields().get("text").stringValue()).toList();
			assertThat(String.join("", pieces)).isEqualTo(text);
			long line = 1;
			for (int i = 0; i < pieces.size(); i++) {
				assertThat(all.get(i).continued()).isEqualTo(i > 0);
				assertThat(all.get(i).line()).isEqualTo(line);
				assertThat(pieces.get(i)).hasSizeLessThanOrEqualTo(TextRecordReader.BUFFER);
				line += pieces.get(i).chars().filter((c) -> c == '\n').count();
				if (i > 0) {
					assertThat(pieces.get(i - 1)).hasSizeGreaterThanOrEqualTo(TextRecordReader.BUFFER / 2);
					assertThat(border.test(pieces.get(i - 1), pieces.get(i))).isTrue();
				}
			}
			assertThat(pieces.size() > 1).isEqualTo(text.length() > TextRecordReader.BUFFER);
		}
	}

	@Test
	void readsAgainAndClosesContent(@TempDir Path directory) throws Exception {
		Path file = Files.writeString(directory.resolve("a.csv"), "a\n1\n2\n");
		DataSource source = DataSource.of(DataFormat.CSV, file);
		for (int i = 0; i < 2; i++) {
			try (Stream<DataRecord> records = source.records()) {
				assertThat(records.map(DataRecord::line)).containsExactly(2L, 3L);
			}
		}
		AtomicInteger closed = new AtomicInteger();
		Content content = () -> new ByteArrayInputStream("a\n1\n".getBytes(StandardCharsets.UTF_8)) {
			@Override
			public void close() {
				closed.incrementAndGet();
			}
		};
		DataSource.of(DataFormat.CSV, content).records().close();
		assertThat(closed).hasValue(1);
	}

	@Test
	void readsLazily() {
		byte[] line = "{\"a\":1}\n".getBytes(StandardCharsets.UTF_8);
		Content endless = () -> new java.io.InputStream() {
			private int position;

			@Override
			public int read() {
				return line[this.position++ % line.length];
			}
		};
		try (Stream<DataRecord> records = DataSource.of(DataFormat.JSONL, endless).records()) {
			assertThat(records.limit(10_000)).hasSize(10_000);
		}
	}

	@ParameterizedTest
	@MethodSource
	void refusesBadContentWithLineAndColumn(DataFormat format, String content, long line, Integer column,
			String detail) {
		assertRefused(format, content.getBytes(StandardCharsets.UTF_8), line, column, detail);
	}

	static List<Arguments> refusesBadContentWithLineAndColumn() {
		return List.of(
		// @formatter:off
			arguments(DataFormat.CSV, "", 1L, null, "empty"),
			arguments(DataFormat.CSV, "\uFEFF\n\n", 1L, null, "empty"),
			arguments(DataFormat.CSV, "a,b\n", 1L, null, "empty"),
			arguments(DataFormat.TSV, "a\tb\tc\n", 1L, null, "empty"),
			arguments(DataFormat.JSONL, "\n \n", 1L, null, "empty"),
			arguments(DataFormat.TEXT, " \n", 1L, null, "empty"),
			arguments(DataFormat.CSV, "a,b\n1\n", 2L, 2, "1 cells"),
			arguments(DataFormat.CSV, "a,b\n1,2\n1,𝄞2,3\n", 3L, 6, "3 cells"),
			arguments(DataFormat.CSV, "a,b\n\"x\n\"\"y\",\"z\",3\n", 3L, 10, "3 cells"),
			arguments(DataFormat.TSV, "a\tb\tc\n1\t2\n", 2L, 4, "2 cells"),
			arguments(DataFormat.TSV, "hello\thallo\nyes\n", 2L, 4, "1 cells"),
			arguments(DataFormat.CSV, "a,b, a\n1,2,3\n", 1L, 5, "two columns are named 'a'"),
			arguments(DataFormat.CSV, "a,\"b\",\n1,2,3\n", 1L, 7, "column 3 has no name"),
			arguments(DataFormat.TSV, "a\t\tc\n1\t2\t3\n", 1L, 3, "column 2 has no name"),
			arguments(DataFormat.CSV, "a,b\n1,2\n3,\"4\n5,6\n", 3L, 3, "never closed"),
			arguments(DataFormat.CSV, "a,b\n1,\"2\"x\n", 2L, 3, "after its closing quote"),
			arguments(DataFormat.CSV, "a,b\n1,\0\n", 2L, 3, "NUL"),
			arguments(DataFormat.JSONL, "{\"a\":1}\n[1]\n", 2L, 1, "one JSON object"),
			arguments(DataFormat.JSONL, "{\"a\":1}\n\n{\"a\":1} x\n", 3L, 9, "JSON"),
			arguments(DataFormat.JSONL, "{\"a\":1}{\"a\":1}\n", 1L, 8, "after the end of the object"),
			arguments(DataFormat.JSONL, "{\"a\":\n1}\n", 1L, 6, "too early"),
			arguments(DataFormat.JSONL, "{\"ä𝄞\":1,\"ä𝄞\":2}\n", 1L, 9, "twice"),
			arguments(DataFormat.CSV, "label,sequence\nup,0.1 0.2\nup,0.1 NaN 0.3\n", 3L, 4, "holds 'NaN'"),
			arguments(DataFormat.CSV, "sequence,label\n0.1;-inf,up\n", 2L, 1, "holds '-inf'"),
			arguments(DataFormat.CSV, "sequence,label\n\"[[1, 2], [3, 1e400]]\",up\n", 2L, 1, "holds '1e400'"),
			arguments(DataFormat.CSV, "sequence,label\n0.1;;0.3,up\n", 2L, 1, "holds ''"),
			arguments(DataFormat.TSV, "sequence\tlabel\n1 NA 3\tup\n", 2L, 1, "holds 'NA'"),
			arguments(DataFormat.TSV, "features\ttext\n[1, NaN]\ta\n", 2L, 1, "holds 'NaN'"),
			arguments(DataFormat.JSONL, "{\"a\":[1,NaN]}\n", 1L, 9, "not a finite number"),
			arguments(DataFormat.JSONL, "{\"a\":-Infinity}\n", 1L, 6, "not a finite number"),
			arguments(DataFormat.JSONL, "{\"a\":[1,1e999]}\n", 1L, 9, "too large"),
			arguments(DataFormat.JSONL, "{\"a\":" + "9".repeat(400) + "}\n", 1L, 6, "too large"),
			arguments(DataFormat.JSONL, "{\"a\":\"\\ud834\"}\n", 1L, 6, "surrogate"),
			arguments(DataFormat.JSONL, "{\"a\":" + "[".repeat(100), 1L, null, "deeper"),
			arguments(DataFormat.JSONL, "{\"a\":01}\n", 1L, 7, "Leading zeroes"));
		// @formatter:on
	}

	@Test
	void refusesMalformedUtf8WithLineAndColumn() {
		byte[] latin = "a,b\nx,y\nß,é\n".getBytes(StandardCharsets.ISO_8859_1);
		for (DataFormat format : List.of(DataFormat.CSV, DataFormat.TEXT, DataFormat.TSV)) {
			assertRefused(format, latin, 3, 1, "not UTF-8 (byte 0xDF at offset 8)");
		}
		assertRefused(DataFormat.JSONL, "{}\n{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1), 2, 7, "0xE9");
		byte[] cut = "x\näö".getBytes(StandardCharsets.UTF_8);
		assertRefused(DataFormat.TEXT, java.util.Arrays.copyOf(cut, cut.length - 1), 2, 2, "0xC3");
		assertRefused(DataFormat.CSV, "a\n1".getBytes(StandardCharsets.UTF_16), 1, 1, "0xFE");
		byte[] late = ("x\r\n".repeat(6000) + "x").getBytes(StandardCharsets.UTF_8);
		late[late.length - 1] = (byte) 0x80;
		for (DataFormat format : List.of(DataFormat.TEXT, DataFormat.CSV)) {
			assertRefused(format, late, 6001, 1, "0x80");
		}
	}

	@Test
	void refusesWhatIsAbsurdlyLong() {
		ReadingLimits limits = new ReadingLimits(40, 20, 3);
		assertRefused(DataFormat.JSONL, limits, "{}\n{\"a\":\"" + "x".repeat(40) + "\"}", 2, null, "40 characters");
		assertRefused(DataFormat.TSV, limits, "a\n" + "x".repeat(41), 2, null, "40 characters");
		assertRefused(DataFormat.TSV, limits, "a\tb\tc\td\n", 1, 7, "3 cells");
		assertRefused(DataFormat.CSV, limits, "a,b,c,d\n", 1, 7, "3 cells");
		assertRefused(DataFormat.CSV, limits, "a\n1\n\"" + "x".repeat(21) + "\"\n", 3, 1, "20 characters");
		assertRefused(DataFormat.CSV, limits, "a,b,c\n" + ("x".repeat(15) + ",").repeat(3), 2, 33, "40 characters");
	}

	@Test
	void readsElementsOfJsonArray() {
		DataSource source = DataSource.ofExamples((ArrayNode) JSON.readTree("[{\"a\":1},{\"a\":[2.5]}]"));
		assertThat(source.records().map(RecordReaderTest::show)).containsExactly("1 {\"a\":1}", "2 {\"a\":[2.5]}");
	}

	@ParameterizedTest
	@MethodSource
	void refusesBadExamplesWithPointer(String json, String pointer, String detail) {
		DataSource source = DataSource.ofExamples((ArrayNode) JSON.readTree(json));
		InvalidRequestException ex = catchThrowableOfType(InvalidRequestException.class,
				() -> source.records().toList());
		assertThat(ex.violations()).hasSize(1);
		assertThat(ex.violations().get(0).pointer()).isEqualTo(pointer);
		assertThat(ex.violations().get(0).detail()).contains(detail);
	}

	static List<Arguments> refusesBadExamplesWithPointer() {
		return List.of(arguments("[]", "", "at least one"), arguments("[{}, [1]]", "/1", "must be an object"),
				arguments("[{\"a/b~\": [0, {\"c\": 1e999}]}]", "/0/a~1b~0/1/c", "too large"),
				arguments("[{\"a\": \"\\udd1e\"}]", "/0/a", "surrogate"));
	}

	private static List<String> read(DataFormat format, String content) {
		try (Stream<DataRecord> records = DataSource.of(format, content).records()) {
			return records.map(RecordReaderTest::show).toList();
		}
	}

	private static String show(DataRecord dataRecord) {
		return dataRecord.line() + " " + dataRecord.fields();
	}

	private static void assertRefused(DataFormat format, byte[] content, long line, Integer column, String detail) {
		assertRefused(format, ReadingLimits.STANDARD, content, line, column, detail);
	}

	private static void assertRefused(DataFormat format, ReadingLimits limits, String content, long line,
			Integer column, String detail) {
		assertRefused(format, limits, content.getBytes(StandardCharsets.UTF_8), line, column, detail);
	}

	private static void assertRefused(DataFormat format, ReadingLimits limits, byte[] content, long line,
			Integer column, String detail) {
		InvalidRequestException ex = catchThrowableOfType(InvalidRequestException.class, () -> {
			try (Stream<DataRecord> records = format.reader(limits).read(() -> new ByteArrayInputStream(content))) {
				records.forEach((dataRecord) -> {
				});
			}
		});
		assertThat(ex).isNotNull();
		Violation violation = ex.violations().get(0);
		assertThat(violation.detail()).contains(detail);
		assertThat(violation.line()).as("line").isEqualTo(line);
		assertThat(violation.column()).as("column").isEqualTo(column);
	}

}
