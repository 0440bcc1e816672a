package io.unfold.task.translation;

import io.unfold.problem.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class GlossaryTest {

	private static Glossary parse(String json) {
		return Glossary.parse(JsonMapper.shared().readTree(json));
	}

	@Test
	void isAListOfTermsOrAnObject() {
		Glossary list = parse("[{\"source\": \"May\", \"target\": \"05\"}, {\"source\": \"a b\", \"target\": \"c\"}]");
		assertThat(list.terms()).containsExactly(new Glossary.Term("May", "05"), new Glossary.Term("a b", "c"));
		assertThat(parse("{\"May\": \"05\", \"a b\": \"c\"}")).isEqualTo(list);
		assertThat(Glossary.parse(null)).isEqualTo(parse("[]")).isEqualTo(Glossary.EMPTY);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					"May"                                                          | /glossary          | must be a list
					5                                                              | /glossary          | must be a list
					["May"]                                                        | /glossary/0        | 'source' and 'target'
					[{"source": "a", "target": "b"}, {"target": "b"}]              | /glossary/1/source | must be a text
					[{"source": "a"}]                                              | /glossary/0/target | must be a text
					[{"source": "a", "target": ["b"]}]                             | /glossary/0/target | must be a text
					[{"source": "  ", "target": "b"}]                              | /glossary/0/source | must not be blank
					[{"source": "a", "target": "\\n"}]                             | /glossary/0/target | must not be blank
					[{"source": "a", "target": "b", "weight": 2}]                  | /glossary/0/weight | is not known
					[{"source": "a", "target": "b"}, {"source": "a", "target": "c"}] | /glossary/1/source | two translations, 'b' and 'c'
					{"a": 3}                                                       | /glossary/a        | must be a text
					{"a/b": ""}                                                    | /glossary/a~1b     | must not be blank
					{" ": "b"}                                                     | /glossary/         | must not be blank
					""")
	void saysWhatIsWrong(String json, String pointer, String detail) {
		requireFault(json, pointer, detail);
	}

	@Test
	void isLimited() {
		requireFault("{\"" + "a".repeat(Glossary.MOST_CHARACTERS + 1) + "\": \"b\"}",
				"/glossary/" + "a".repeat(Glossary.MOST_CHARACTERS + 1), "at most 500");
		requireFault("[{\"source\": \"a\", \"target\": \"" + "b".repeat(Glossary.MOST_CHARACTERS + 1) + "\"}]",
				"/glossary/0/target", "at most 500");
		requireFault("[" + "1,".repeat(Glossary.MOST_TERMS) + "1]", "/glossary", "has 1001 terms");
	}

	private static void requireFault(String json, String pointer, String detail) {
		InvalidRequestException ex = catchThrowableOfType(InvalidRequestException.class, () -> parse(json));
		assertThat(ex.violations()).singleElement().satisfies((violation) -> {
			assertThat(violation.pointer().strip()).isEqualTo(pointer);
			assertThat(violation.detail()).contains(detail);
		});
	}

}
