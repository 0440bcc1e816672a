package io.unfold.data;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CsvDialectTest {

	static Stream<Arguments> files() {
		return Stream.of(Arguments.of("month,sales\n1,112\n2,118\n", CsvDialect.STANDARD),
				Arguments.of("month;sales\n1;112,5\n2;1.118,25\n", new CsvDialect(';', '"', true, ',')),
				Arguments.of("month;sales\n1;112.5\n2;118.25\n", new CsvDialect(';', '"', true, '.')),
				Arguments.of("month\tsales\r\n1\t112\r\n2\t118\r\n", new CsvDialect('\t', '"', true, '.')),
				Arguments.of("a|b|c\nx|y,z|1\n", new CsvDialect('|', '"', true, '.')),
				Arguments.of("1;0,5\n2;0,75\n", new CsvDialect(';', '"', false, ',')),
				Arguments.of("1,112\n2,118\n3,120\n", new CsvDialect(',', '"', false, '.')),
				Arguments.of("up,1\ndown,2\n", new CsvDialect(',', '"', false, '.')),
				Arguments.of("text;note\n\"a, b; c\";d, e\n\"f, g\";h\n", new CsvDialect(';', '"', true, '.')),
				Arguments.of("text,n\n'a, b',1\n'c',2\n", new CsvDialect(',', '\'', true, '.')),
				Arguments.of("sales\n1\n2\n", CsvDialect.STANDARD), Arguments.of("a,b\n", CsvDialect.STANDARD),
				Arguments.of("1,5;2,5\n3,5;4,5\n", new CsvDialect(';', '"', false, ',')),
				Arguments.of("text;label\nno, never;a\nyes, sir, yes;b\n", new CsvDialect(';', '"', true, '.')),
				Arguments.of("sequence,label\n0.1;0.2;0.3,up\n0.3;0.2;0.1,down\n", CsvDialect.STANDARD),
				Arguments.of("0.1;0.2;0.3,1\n0.3;0.2;0.1,2\n", new CsvDialect(',', '"', false, '.')),
				Arguments.of("0,1,2\n0.5,0.1,0.2\n", CsvDialect.STANDARD),
				Arguments.of("name,city\nann,york\nbob,rome\n", CsvDialect.STANDARD),
				Arguments.of("sequence,label\n1 2 3,up\n3 2,down\n", CsvDialect.STANDARD));
	}

	@ParameterizedTest
	@MethodSource("files")
	void isFoundOutFromTheFirstRows(String file, CsvDialect dialect) {
		assertThat(sniff(file, CsvDialect.Given.NOTHING)).isEqualTo(dialect);
		assertThat(sniff("\uFEFF" + file, CsvDialect.Given.NOTHING)).isEqualTo(dialect);
	}

	@Test
	void isWhatTheClientSays() {
		assertThat(sniff("1;0,5\n2;0,75\n", new CsvDialect.Given("comma", "'", true, ".", null)))
			.isEqualTo(new CsvDialect(',', '\'', true, '.'));
		assertThat(sniff("a b\n1 2\n", new CsvDialect.Given(" ", null, null, null, null)).delimiter()).isEqualTo(' ');
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ab", "\n", "colon" })
	void hasADelimiterOfOneCharacter(String delimiter) {
		assertThatExceptionOfType(InvalidFieldException.class)
			.isThrownBy(() -> new CsvDialect.Given(delimiter, null, null, null, null))
			.satisfies((ex) -> assertThat(ex.field()).isEqualTo("delimiter"));
	}

	@Test
	void saysHowNumbersAreWritten() {
		assertThat(read("n;s;t\n1.234,5;0,5 0,7;a,b\n-12,25;1,5 2;c\n")).containsExactly(
				"{\"n\":1234.5,\"s\":\"0,5 0,7\",\"t\":\"a,b\"}", "{\"n\":-12.25,\"s\":\"1,5 2\",\"t\":\"c\"}");
		assertThat(read("sequence;label\n0,5 0,7;up\n1,5 2;down\n"))
			.startsWith("{\"sequence\":[0.5,0.7],\"label\":\"up\"}");
		assertThat(read("n,s\n\"1,234.5\",\"1,234\"\n7,x\n")).startsWith("{\"n\":1234.5,\"s\":\"1,234\"}");
	}

	@Test
	void takesTheNamesThatAClientGives() {
		CsvDialect.Given given = new CsvDialect.Given(null, null, null, null, "sequence, label");
		assertThat(sniff("1 2 3,up\n3 2,down\n", given).header()).isFalse();
		assertThat(sniff("a,b\n1,2\n", given).header()).isTrue();
		assertThat(sniff("sequence,label\nx,y\n", given).header()).isTrue();
		assertThat(read("1 2 3,up\n3 2,down\n", given)).containsExactly("{\"sequence\":[1,2,3],\"label\":\"up\"}",
				"{\"sequence\":[3,2],\"label\":\"down\"}");
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> read("1,2,3\n", given))
			.withMessageContaining("3 cells");
		for (String names : List.of("a,,b", "a,a", " ")) {
			assertThatExceptionOfType(InvalidFieldException.class)
				.isThrownBy(() -> new CsvDialect.Given(null, null, null, null, names));
		}
	}

	@Test
	void namesColumnsThatNothingNames() {
		assertThat(read("1,112\n2,118\n")).containsExactly("{\"column1\":1,\"column2\":112}",
				"{\"column1\":2,\"column2\":118}");
	}

	private static CsvDialect sniff(String file, CsvDialect.Given given) {
		return CsvDialect.sniff(file.getBytes(StandardCharsets.UTF_8), true, given);
	}

	private static List<String> read(String file) {
		return read(file, CsvDialect.Given.NOTHING);
	}

	private static List<String> read(String file, CsvDialect.Given given) {
		byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
		CsvDialect dialect = CsvDialect.sniff(bytes, true, given);
		try (Stream<DataRecord> records = DataSource.of(dialect, () -> new ByteArrayInputStream(bytes)).records()) {
			return records.map((record) -> record.fields().toString()).toList();
		}
	}

}
