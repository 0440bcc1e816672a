package io.unfold.data;

import java.nio.charset.StandardCharsets;

import io.unfold.problem.InvalidFieldException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DataFormatTest {

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			a.csv      | x           | CSV
			A.TSV      | x           | TSV
			a.b.jsonl  | x           | JSONL
			a.ndjson   | x           | JSONL
			a.txt      | one, two    | TEXT
			a.txt      | one%tun%n2%tdeux | TSV
			a.txt      | one%tun%n2  | TEXT
			-          |  {"a":1}    | JSONL
			-          | a,b%n1,2    | CSV
			-          | a,b%n"1,2",3%n%n | CSV
			-          | a%tb%n1%t2  | TSV
			data       | a,b%n1      | TEXT
			-          | one, two    | TEXT
			csv.old    | To be%nor not to be | TEXT
			""")
	void guessesByNameThenByContent(String name, String content, DataFormat expected) {
		byte[] head = content.replace("%n", "\n").replace("%t", "\t").getBytes(StandardCharsets.UTF_8);
		assertThat(DataFormat.guess(name, head)).isEqualTo(expected);
	}

	@Test
	void guessesFromHeadCutWithinALine() {
		byte[] head = ("\uFEFFa,b\r\n" + "1,2\r\n".repeat(500) + "3").getBytes(StandardCharsets.UTF_8);
		assertThat(DataFormat.guess(null, head)).isEqualTo(DataFormat.CSV);
		assertThat(DataFormat.guess(null, new byte[0])).isEqualTo(DataFormat.TEXT);
		assertThat(DataFormat.guess(null, new byte[] { (byte) 0xFF, 0, 1 })).isEqualTo(DataFormat.TEXT);
	}

	@Test
	void isNamedInLowerCase() {
		for (DataFormat format : DataFormat.values()) {
			assertThat(DataFormat.of(format.id())).isEqualTo(format);
		}
		assertThatThrownBy(() -> DataFormat.of("xls")).isInstanceOf(InvalidFieldException.class)
			.hasMessageContaining("csv, tsv, jsonl, text");
	}

}
