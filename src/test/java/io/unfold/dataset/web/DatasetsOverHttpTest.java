package io.unfold.dataset.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

import io.unfold.HttpTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class DatasetsOverHttpTest extends HttpTest {

	private static final String PATH = "/api/v1/datasets";

	private static final String BODIES = """
			{"examples":[{"a":1}]}                       | 400 | /name
			{"name":"x"}                                 | 400 | /examples
			{"name":"x","examples":{}}                   | 400 | /examples
			{"name":"x","examples":[]}                   | 422 | /examples
			{"name":"x","examples":[{"a":1},3]}          | 422 | /examples/1
			{"name":"x","examples":[null]}               | 400 | /examples/0
			{"name":"x","examples":[{"a":1e999}]}        | 400 | /examples/0/a
			{"name":"x","examples":[{"a":[0,NaN]}]}      | 400 | /examples/0/a/1
			{"name":"x","examples":[{"a":1,"a":2}]}      | 400 | /examples/0/a
			{"name":"x","examples":[{"a":"\\udc00"}]}    | 400 | /examples/0/a
			{"name":"../x","examples":[{"a":1}]}         | 422 | /name
			{"name":"","examples":[{"a":1}]}             | 422 | /name
			{"name":7,"examples":[{"a":1}]}              | 400 | /name
			{"name":"x","examples":[{"a":1}],"b":1}      | 400 | /b
			""";

	@Test
	void storesAFileAndGivesItBack() {
		byte[] csv = bytes("month,sales\n1,112\n2,118\n");
		Answer stored = upload(PATH, "http-sales.csv", csv);
		assertThat(stored.status()).isEqualTo(201);
		JsonNode dataset = stored.json();
		assertThat(stored.header("Location")).isEqualTo(PATH + "/" + dataset.get("id").asString());
		assertThat(dataset.propertyNames()).containsExactly("id", "name", "format", "examples", "sizeBytes", "sha256",
				"createdAt", "fields", "bundled");
		assertThat(dataset.get("name").asString()).isEqualTo("http-sales");
		assertThat(dataset.get("createdAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
		assertThat(dataset.get("fields").get(1)).isEqualTo(this.mapper.readTree("""
				{"name": "sales", "type": "number"}"""));
		assertThat(get(PATH + "/http-sales").json()).isEqualTo(dataset);
		assertThat(get(stored.header("Location")).json()).isEqualTo(dataset);

		Answer again = upload(PATH, "http-sales.csv", csv);
		assertThat(again.status()).isEqualTo(200);
		assertThat(again.json()).isEqualTo(dataset);
		upload(PATH, "http-sales.csv", bytes("month,sales\n1,113\n")).problem(409);

		assertThat(delete(PATH + "/http-sales").status()).isEqualTo(204);
		get(PATH + "/http-sales").problem(404);
		delete(PATH + "/http-sales").problem(404);
	}

	@Test
	void storesJsonExamples() {
		String json = "{\"name\":\"http-json\",\"examples\":[{\"sequence\":[1,2],\"label\":\"up\"}]}";
		Answer stored = post(PATH, json);
		assertThat(stored.status()).isEqualTo(201);
		assertThat(stored.json().get("format").asString()).isEqualTo("jsonl");
		assertThat(post(PATH, json).status()).isEqualTo(200);
		post(PATH, json.replace("up", "down")).problem(409);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = BODIES)
	void namesTheFieldAtFault(String json, int status, String pointer) {
		assertThat(post(PATH, json).problem(status).path("errors").get(0).path("pointer").asString())
			.isEqualTo(pointer);
		get(PATH + "/x").problem(404);
	}

	@Test
	void namesTheLineAtFaultAndKeepsNothing() {
		JsonNode error = upload(PATH, "ragged.csv", bytes("a,b\n1,2\n3\n")).problem(422).path("errors").get(0);
		assertThat(error.path("line").asInt()).isEqualTo(3);
		error = upload(PATH, "bad.jsonl", bytes("{\"a\":1}\n{\"a\":NaN}\n")).problem(422).path("errors").get(0);
		assertThat(error.path("line").asInt()).isEqualTo(2);
		assertThat(error.path("column").asInt()).isEqualTo(6);
		error = upload(PATH, "latin.txt", "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1)).problem(422)
			.path("errors")
			.get(0);
		assertThat(error.path("line").asInt()).isEqualTo(1);
		upload(PATH, "empty.csv", new byte[0]).problem(422);
		upload(PATH, "header.csv", bytes("a,b\n")).problem(422);
		assertThat(get(PATH).text()).doesNotContain("ragged", "latin", "bad", "empty", "header");
	}

	@Test
	void takesWholeNumbersThatNoLongHolds() {
		assertThat(upload(PATH, "big.jsonl", bytes("{\"a\":1000000000000000000000000000000}\n")).status())
			.isEqualTo(201);
		assertThat(get(PATH + "/big/preview").text()).contains("1000000000000000000000000000000");
	}

	@Test
	void refusesFieldsOfAFormThatAreNotValid() {
		byte[] csv = bytes("a\n1\n");
		JsonNode error = upload(PATH, "f.csv", csv, "format=excel").problem(422).path("errors").get(0);
		assertThat(error.path("pointer").asString()).isEqualTo("/format");
		assertThat(error.path("detail").asString()).contains("csv", "jsonl");
		error = upload(PATH, "f.csv", csv, "name=a b").problem(422).path("errors").get(0);
		assertThat(error.path("pointer").asString()).isEqualTo("/name");
		assertThat(upload(PATH, "f.csv", csv, "name=form-name", "format=text").json().get("format").asString())
			.isEqualTo("text");
	}

	@Test
	void takesOtherEncodingsWhereTheyAreNamedAndRefusesBrokenOnesWithTheirPlace() {
		byte[] latin = "größe;x\ncafé;1,5\n".getBytes(StandardCharsets.ISO_8859_1);
		JsonNode error = upload(PATH, "latin.csv", latin).problem(422).path("errors").get(0);
		assertThat(error.path("line").asInt()).isEqualTo(1);
		assertThat(error.path("column").asInt()).isEqualTo(3);
		assertThat(error.path("detail").asString()).contains("0xF6 at offset 2", "encoding");
		assertThat(upload(PATH, "latin.csv", latin, "encoding=cp1252").status()).isEqualTo(201);
		JsonNode preview = get(PATH + "/latin/preview").json();
		assertThat(preview.at("/reading/encoding").asString()).isEqualTo("windows-1252");
		assertThat(preview.at("/records/0/fields")).isEqualTo(this.mapper.readTree("""
				{"größe": "café", "x": 1.5}"""));
		error = upload(PATH, "e.csv", latin, "encoding=klingon").problem(422).path("errors").get(0);
		assertThat(error.path("pointer").asString()).isEqualTo("/encoding");
		byte[] utf16 = "\uFEFFa\nb".getBytes(StandardCharsets.UTF_16LE);
		utf16[utf16.length - 1] = (byte) 0xD8;
		error = upload(PATH, "broken.csv", utf16).problem(422).path("errors").get(0);
		assertThat(error.path("line").asInt()).isEqualTo(2);
		assertThat(error.path("detail").asString()).contains("UTF-16LE");
		upload(PATH, "unmarked.csv", "a\nb".getBytes(StandardCharsets.UTF_16LE)).problem(422);
		assertThat(get(PATH).text()).doesNotContain("broken", "unmarked");
	}

	@Test
	void namesColumnsAndTellsOfEmptyLines() {
		assertThat(upload(PATH, "named.csv", bytes("1 2,up\n\n2 1,down\n"), "columns=sequence,label").status())
			.isEqualTo(201);
		JsonNode preview = get(PATH + "/named/preview").json();
		assertThat(preview.at("/records/1/fields/label").asString()).isEqualTo("down");
		assertThat(preview.at("/reading/notes").toString()).contains("1 empty lines");
		assertThat(preview.path("tasks").toString()).contains("classification");
		JsonNode error = upload(PATH, "n.csv", bytes("1,2\n"), "columns=a,a").problem(422).path("errors").get(0);
		assertThat(error.path("pointer").asString()).isEqualTo("/columns");
		error = upload(PATH, "n.csv", bytes("1,2\n"), "columns=a").problem(422).path("errors").get(0);
		assertThat(error.path("line").asInt()).isEqualTo(1);
	}

	@Test
	void refusesUploadsOverTheLimit() {
		assertThat(upload(PATH, "large.csv", new byte[290 * 1024]).problem(413).path("detail").asString())
			.contains("limit");
		upload(PATH, "huge.csv", new byte[5 * 1024 * 1024]).problem(413);
		upload(PATH, "name.csv", bytes("a\n1\n"), "name=" + "x".repeat(200 * 1024)).problem(422);
	}

	@Test
	void refusesBrokenForms() {
		send(request(PATH).header("Content-Type", "multipart/form-data").POST(BodyPublishers.ofString("x")).build())
			.problem(400);
		send(request(PATH).header("Content-Type", "multipart/form-data; boundary=b")
			.POST(BodyPublishers
				.ofString("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx"))
			.build()).problem(400);
		JsonNode problem = send(request(PATH).header("Content-Type", "multipart/form-data; boundary=b")
			.POST(BodyPublishers.ofString("--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx\r\n--b--\r\n"))
			.build()).problem(400);
		assertThat(problem.path("detail").asString()).contains("file");
		send(request(PATH).header("Content-Type", "multipart/form-data; boundary=b")
			.POST(BodyPublishers
				.ofString("--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\na\n1\n\r\n--b--\r\n"))
			.build()).problem(400);
	}

	@Test
	void listsPageByPage() {
		JsonNode page = get(PATH + "?pageSize=2").json();
		assertThat(page.get("items")).hasSize(2);
		JsonNode next = get(PATH + "?pageSize=1000&pageToken=" + page.get("nextPageToken").asString()).json();
		assertThat(next.get("items")).isNotEmpty();
		assertThat(next.has("nextPageToken")).isFalse();
		for (String query : new String[] { "pageSize=0", "pageSize=-1", "pageSize=1001", "pageSize=x", "pageToken=!",
				"pageToken=AAAA", "pageSize=99999999999" }) {
			assertThat(get(PATH + "?" + query).problem(400).path("detail").asString()).contains(query.split("=")[0]);
		}
	}

	@Test
	void previewsABundledDataset() {
		JsonNode preview = get(PATH + "/gestures/preview?limit=3").json();
		assertThat(preview.get("records")).hasSize(3);
		assertThat(preview.get("description").asString()).isNotBlank();
		assertThat(preview.get("fields").findValuesAsString("name")).contains("sequence", "label");
		get(PATH + "/gestures/preview?limit=0").problem(400);
		get(PATH + "/nothing/preview").problem(404);
		delete(PATH + "/gestures").problem(409);
	}

	@Test
	void storesParallelText() {
		Answer stored = uploadPair("pairs", bytes("a b\r\n\r\nc\r\n"), bytes("x\ny z\nw\n"));
		assertThat(stored.status()).isEqualTo(201);
		assertThat(stored.json().get("examples").asInt()).isEqualTo(2);
		JsonNode preview = get(PATH + "/pairs/preview").json();
		assertThat(preview.get("records").get(1).get("fields"))
			.isEqualTo(this.mapper.readTree("{\"source\":\"c\",\"target\":\"w\"}"));
		assertThat(preview.get("tasks").get(0).asString()).isEqualTo("translation");
		assertThat(preview.get("reading").get("notes").toString()).contains("3 lines", "1 pairs with a blank side");
		assertThat(uploadPair("pairs", bytes("a b\n\nc"), bytes("x\ny z\nw")).status()).isEqualTo(200);
		JsonNode error = uploadPair("shorter", bytes("a\nb\n"), bytes("x\n")).problem(422).path("errors").get(0);
		assertThat(error.path("pointer").asString()).isEqualTo("/target");
		assertThat(error.path("detail").asString()).contains("has 1 where the source has 2");
		upload(PATH, "lonely.csv", bytes("a\n1\n"), "validateOnly=perhaps").problem(400);
	}

	@Test
	void inflatesWhatIsGzip() {
		byte[] csv = bytes("month,sales\n1,112\n2,118\n");
		Answer stored = upload(PATH, "packed.csv.gz", gzip(csv));
		assertThat(stored.status()).isEqualTo(201);
		assertThat(stored.json().get("name").asString()).isEqualTo("packed");
		assertThat(upload(PATH, "packed.csv", csv).status()).isEqualTo(200);
		assertThat(get(PATH + "/packed/preview").json().get("reading").get("compression").asString()).isEqualTo("gzip");
		byte[] damaged = Arrays.copyOf(gzip(csv), 20);
		assertThat(
				upload(PATH, "damaged.csv.gz", damaged).problem(422).path("errors").get(0).path("pointer").asString())
			.isEqualTo("/file");
		byte[] json = bytes("{\"name\":\"packed-json\",\"examples\":[{\"a\":1}]}");
		assertThat(postEncoded(gzip(json), "gzip").status()).isEqualTo(201);
		postEncoded(json, "gzip").problem(400);
		postEncoded(json, "br").problem(415);
		postEncoded(gzip(bytes("{\"name\":\"bomb\",\"examples\":[" + " ".repeat(1 << 20) + "]}")), "gzip").problem(413);
	}

	@Test
	void readsTheDialectsOfSpreadsheets() {
		byte[] utf16 = ("\uFEFF" + "monat;umsatz\r\n1;1.112,5\r\n2;118,25\r\n").getBytes(StandardCharsets.UTF_16LE);
		assertThat(upload(PATH, "umsatz.csv", utf16).status()).isEqualTo(201);
		JsonNode preview = get(PATH + "/umsatz/preview").json();
		assertThat(preview.get("records").get(0).get("fields").get("umsatz").asDouble()).isEqualTo(1112.5);
		assertThat(preview.get("reading").get("encoding").asString()).isEqualTo("UTF-16LE");
		assertThat(preview.get("reading").get("dialect")).isEqualTo(
				this.mapper.readTree("{\"delimiter\":\";\",\"quote\":\"\\\"\",\"header\":true,\"decimal\":\",\"}"));
		assertThat(preview.get("tasks").get(0).asString()).isEqualTo("forecasting");
		JsonNode other = upload(PATH, "headless.csv", bytes("1;2\n3;4\n"), "header=false", "delimiter=semicolon")
			.json();
		assertThat(other.get("fields").get(1).get("name").asString()).isEqualTo("column2");
		upload(PATH, "headless.csv", bytes("1;2\n3;4\n"), "header=true").problem(409);
		JsonNode error = upload(PATH, "odd.csv", bytes("a\n1\n"), "delimiter=;;").problem(422).path("errors").get(0);
		assertThat(error.path("pointer").asString()).isEqualTo("/delimiter");
		upload(PATH, "odd.csv", bytes("a\n1\n"), "header=maybe").problem(400);
		upload(PATH, "odd.jsonl", bytes("{\"a\":1}\n"), "header=true").problem(422);
	}

	@Test
	void previewsWhatItDoesNotStore() {
		JsonNode preview = upload(PATH, "glimpse.csv", bytes("t,v,w\n1,7,\n2,7,x\n"), "validateOnly=true").json();
		assertThat(preview.get("dataset").get("examples").asInt()).isEqualTo(2);
		assertThat(preview.get("reading").get("notes").toString()).contains("'v' is always 7",
				"'w' has no value in 1 of 2");
		get(PATH + "/glimpse").problem(404);
	}

	private Answer postEncoded(byte[] body, String encoding) {
		return send(request(PATH).header("Content-Type", "application/json")
			.header("Content-Encoding", encoding)
			.POST(BodyPublishers.ofByteArray(body))
			.build());
	}

	private Answer uploadPair(String name, byte[] source, byte[] target) {
		String part = "--b\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"train.%s\"\r\n\r\n";
		return send(request(PATH).header("Content-Type", "multipart/form-data; boundary=b")
			.POST(BodyPublishers.concat(
					BodyPublishers.ofString("--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n" + name
							+ "\r\n" + part.formatted("source", "en")),
					BodyPublishers.ofByteArray(source),
					BodyPublishers.ofString("\r\n" + part.formatted("target", "de")),
					BodyPublishers.ofByteArray(target), BodyPublishers.ofString("\r\n--b--\r\n")))
			.build());
	}

	private static byte[] gzip(byte[] content) {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
			out.write(content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return packed.toByteArray();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
