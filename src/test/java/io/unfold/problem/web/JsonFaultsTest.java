package io.unfold.problem.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.MalformedRequestException;
import io.unfold.problem.Violation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a client is told about JSON that cannot be read. */
class JsonFaultsTest {

	private static final String STRUCTURE = """
			{}                                                   | /name              | is missing
			{"name":null}                                        | /name              | must not be null
			{"name":3}                                           | /name              | must be a string, but is a whole number
			{"name":true}                                        | /name              | must be a string, but is a boolean
			{"name":"x","size":"3"}                              | /size              | must be a whole number, but is a string
			{"name":"x","size":""}                               | /size              | must be a whole number, but is a string
			{"name":"x","size":1.5}                              | /size              | must be a whole number, but is a number with a fraction or an exponent
			{"name":"x","size":true}                             | /size              | must be a whole number, but is a boolean
			{"name":"x","sise":3}                                | /sise              | is not known here; known are 'color', 'name', 'numbers', 'shapes', 'size', 'tree', 'weights'
			{"name":"x","numbers":3}                             | /numbers           | must be an array, but is a whole number
			{"name":"x","numbers":[1,"a"]}                       | /numbers/1         | must be a number, but is a string
			{"name":"x","numbers":[1,null]}                      | /numbers/1         | must not be null
			{"name":"x","weights":{"a/b":"c"}}                   | /weights/a~1b      | must be a number, but is a string
			{"name":"x","color":"pink"}                          | /color             | 'pink' is not known; must be one of 'BLUE', 'red'
			{"name":"x","color":1}                               | /color             | '1' is not known; must be one of 'BLUE', 'red'
			{"name":"x","shapes":[{"kind":"circle","radius":1},{"kind":"oval"}]} | /shapes/1/kind | 'oval' is not known; must be one of 'circle', 'square'
			{"name":"x","shapes":[{"radius":1}]}                 | /shapes/0/kind     | is missing; must be one of 'circle', 'square'
			{"name":"x","shapes":[{"kind":"circle"}]}            | /shapes/0/radius   | is missing
			{"name":"x","shapes":{}}                             | /shapes            | must be an array, but is an object
			{"nam":"x"}                                          | /name              | is missing
			[]                                                   | ``                 | must be an object, but is an array
			"x"                                                  | ``                 | must be an object, but is a string
			""";

	private static final String VALUES = """
			{"name":"x","numbers":[1,1e999]}   | /numbers/1 | 26 | The number is too large: at most 1.7976931348623157e308
			{"name":"x","tree":[[-1e999]]}     | /tree/0/0  | 22 | The number is too large: at most 1.7976931348623157e308
			{"name":"x","tree":NaN}            | /tree      | 23 | NaN is not a number in JSON
			{"name":"x","tree":-Infinity}      | /tree      | 29 | -Infinity is not a number in JSON
			{"name":"x","name":"y"}            | /name      | 19 | The field 'name' is given twice
			{"name":"x","tree":{"a":1,"a":2}}  | /tree/a    | 30 | The field 'a' is given twice
			{"name":"\\ud800"}                 | /name      | 9  | A string holds half a surrogate pair, which is no character
			""";

	private static final String GRAMMAR = """
			{"name":"x",}          | 1 | 13
			{"name" "x"}           | 1 | 9
			{'name':"x"}           | 1 | 2
			{"name":"x"} {}        | 1 | 14
			{"name":"x"} oops      | 1 | 14
			{"name":"x"            | 1 | 12
			""";

	private final JsonMapper mapper = StrictJson.mapper();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = STRUCTURE)
	void namesTheFieldThatIsNotOfTheRightStructure(String json, String pointer, String detail) {
		assertThat(explain(json)).isInstanceOfSatisfying(MalformedRequestException.class,
				(fault) -> assertThat(fault.violations()).containsExactly(Violation.of(pointer, detail)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = VALUES)
	void namesFieldAndPlaceOfAValueThatCannotBeHeld(String json, String pointer, int column, String detail) {
		assertThat(explain(json)).isInstanceOfSatisfying(MalformedRequestException.class,
				(fault) -> assertThat(fault.violations()).containsExactly(new Violation(pointer, 1L, column, detail)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = GRAMMAR)
	void givesLineAndColumnWhereTheTextIsNotJson(String json, long line, int column) {
		assertThat(explain(json)).isInstanceOfSatisfying(MalformedRequestException.class, (fault) -> {
			Violation violation = fault.violations().get(0);
			assertThat(violation.line()).isEqualTo(line);
			assertThat(violation.column()).isEqualTo(column);
			assertThat(violation.detail()).doesNotContain("`", "REDACTED", "Feature");
		});
	}

	@Test
	void countsLinesOfTheDocument() {
		assertThat(explain("{\n  \"name\": \"x\",\n  oops\n}")).isInstanceOfSatisfying(MalformedRequestException.class,
				(fault) -> assertThat(fault.violations().get(0).line()).isEqualTo(3L));
	}

	@Test
	void refusesWhatIsNotUtf8() {
		byte[] json = "{\"name\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> this.mapper.readValue(json, Thing.class))
			.satisfies((fault) -> assertThat(JsonFaults.explain(fault)).isInstanceOf(MalformedRequestException.class)
				.hasMessageContaining("UTF-8"));
	}

	@Test
	void refusesEnormousNestingAndNumbers() {
		assertThat(explain("{\"name\":\"x\",\"tree\":" + "[".repeat(100_000))).hasMessageContaining("nesting depth");
		assertThat(explain("{\"name\":\"x\",\"tree\":" + "1".repeat(2000) + "}")).hasMessageContaining("length");
		assertThat(explain("{\"name\":\"x\",\"tree\":" + "1".repeat(400) + "}")).hasMessageContaining("too large");
	}

	@Test
	void keepsWholeNumbersThatNoLongHolds() {
		String number = "1" + "0".repeat(30);
		JsonNode tree = this.mapper.readValue("{\"name\":\"x\",\"tree\":" + number + "}", Thing.class).tree();
		assertThat(tree.bigIntegerValue()).hasToString(number);
	}

	@Test
	void pointsIntoTheRecordThatRefusedItsValues() {
		assertThat(explain("{\"name\":\"x\",\"shapes\":[{\"kind\":\"circle\",\"radius\":-1}]}"))
			.isInstanceOfSatisfying(InvalidRequestException.class, (fault) -> assertThat(fault.violations())
				.containsExactly(Violation.of("/shapes/0/radius", "must be between 0 and 10, but is -1")));
		assertThat(explain("{\"name\":\"x\",\"shapes\":[{\"kind\":\"square\",\"sides\":[1,2]}]}"))
			.isInstanceOfSatisfying(InvalidRequestException.class, (fault) -> assertThat(fault.violations())
				.containsExactly(Violation.of("/shapes/0/sides/1", "must equal the first")));
	}

	@Test
	void readsAPartOfADocumentWithPointersIntoTheWhole() {
		RequestJson json = new RequestJson(this.mapper);
		JsonNode part = this.mapper.readTree("{\"name\":\"x\",\"shapes\":[{\"kind\":\"circle\",\"radius\":-1}]}");
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> json.read(part, Thing.class, "/data/3"))
			.satisfies((fault) -> assertThat(fault.violations().get(0).pointer()).isEqualTo("/data/3/shapes/0/radius"));
		assertThatExceptionOfType(MalformedRequestException.class)
			.isThrownBy(() -> json.read(this.mapper.readTree("{}"), Thing.class, "/data/3"))
			.satisfies((fault) -> assertThat(fault.violations().get(0).pointer()).isEqualTo("/data/3/name"));
	}

	private RuntimeException explain(String json) {
		RuntimeException[] explained = new RuntimeException[1];
		assertThatExceptionOfType(JacksonException.class)
			.isThrownBy(() -> this.mapper.readValue(json.getBytes(StandardCharsets.UTF_8), Thing.class))
			.satisfies((fault) -> explained[0] = JsonFaults.explain(fault));
		return explained[0];
	}

	record Thing(String name, @Nullable Integer size, @Nullable List<Double> numbers, @Nullable Color color,
			@Nullable List<Shape> shapes, @Nullable Map<String, Double> weights, @Nullable JsonNode tree) {
	}

	enum Color {

		@JsonProperty("red")
		RED, BLUE

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	sealed interface Shape {

		@JsonTypeName("circle")
		record Circle(int radius) implements Shape {

			public Circle {
				InvalidFieldException.requireBetween("radius", radius, 0, 10);
			}

		}

		@JsonTypeName("square")
		record Square(List<Integer> sides) implements Shape {

			public Square {
				if (!sides.get(0).equals(sides.get(1))) {
					throw new InvalidRequestException("/sides/1", "must equal the first");
				}
			}

		}

	}

}
