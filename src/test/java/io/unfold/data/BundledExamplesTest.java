package io.unfold.data;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.unfold.data.WrittenDates.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class BundledExamplesTest {

	private static final Pattern YEAR = Pattern.compile("\\b(\\d{4})\\b");

	private static final Pattern NAMED_MONTH = Pattern
		.compile("\\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\b");

	private static final Pattern DAY = Pattern.compile("\\b(\\d{1,2})(st|nd|rd|th)?\\b");

	@ParameterizedTest
	@CsvSource({ "GESTURES,702174e7aca04d96223150bf80411b750264e08d64981c68998b059075830aaf",
			"SEASONAL,d45dbc88365405e2b7f986cb1217993829bcbbe97b1d11e5621fe4600cf112e8",
			"STORES,03c06bb4429563d05e985ae9824636b3e1a02b355b6fa000fb4af8472e593abb",
			"DATES,3c1a129a51579474fbab0d4d7b647f381d1882cfe9edcae378f1a116d0ac336f",
			"ADDING,dfcd02116d60fe67988f23cd04514b6406594cc257931e86c382343668864d94",
			"TRAVEL,c7c95e1178eec35ea1320623ab33a18e6b6dbab8bac947cde995394f1edce967",
			"WEATHER,4b485e90c1e5ea9b069f22c1c760b2afdadb7564b465aa6dabbd6cc0f46dcb63",
			"SCENES,23a645940ac94c61a7464c79820d58098bbc05b22fe055fdbf7afe3e13ff64c0",
			"CYCLES,461ad414b3ccf921fa31b79255ec01a089b4ca410fef147e82798f1a22115739" })
	void isTheSameBytesEverywhere(BundledExamples examples, String sha256) throws Exception {
		byte[] hash = MessageDigest.getInstance("SHA-256").digest(examples.content());
		assertThat(HexFormat.of().formatHex(hash)).isEqualTo(sha256);
	}

	@Test
	void isTheSameUnderEveryLocale() {
		Locale before = Locale.getDefault();
		try {
			String expected = generated();
			for (String locale : List.of("ar-EG-u-nu-arab", "tr-TR", "th-TH-u-ca-buddhist-nu-thai")) {
				Locale.setDefault(Locale.forLanguageTag(locale));
				assertThat(generated()).isEqualTo(expected);
			}
		}
		finally {
			Locale.setDefault(before);
		}
	}

	private static String generated() {
		return Gestures.jsonl(1, 12) + SeasonalSales.csv(1, 2) + StoreSales.csv(1, 2, 9) + WrittenDates.tsv(1, 100)
				+ AddingProblem.jsonl(1, 12) + TravelRequests.tsv(1, 100) + WeatherReports.text(1, 100)
				+ PressCycles.jsonl(1, 3, 1);
	}

	@Test
	void weatherReportsHangTogether() {
		Pattern report = Pattern
			.compile("([A-Z]\\w+), (\\d+) ([A-Z]\\w+): (.+), (-?\\d+) to (-?\\d+) degrees\\. (.+)\\.");
		List<String> lines = WeatherReports.text(1, 2000).lines().toList();
		assertThat(lines).hasSize(2000).allSatisfy((line) -> {
			Matcher parts = report.matcher(line);
			assertThat(parts.matches()).as(line).isTrue();
			int high = Integer.parseInt(parts.group(6));
			assertThat(Integer.parseInt(parts.group(5))).isLessThan(high);
			assertThat(parts.group(4).contains("snow") && high > 1).as(line).isFalse();
			assertThat(parts.group(4).contains("rain") && high <= 1).as(line).isFalse();
		});
		assertThat(lines).anySatisfy((line) -> assertThat(line).contains("snow"));
	}

	@Test
	void cyclesAreForcesAndCurrentsOfWhichSomeAreOdd() {
		Map<String, Integer> kinds = new HashMap<>();
		double[][] range = { new double[2], new double[2] };
		for (DataRecord example : records(BundledExamples.CYCLES)) {
			assertThat(example.fields().propertyNames()).containsExactly("sequence", "anomaly", "kind");
			Sequence.Numbers sequence = (Sequence.Numbers) Sequence.parse(example.fields().get("sequence"));
			assertThat(sequence.features()).isEqualTo(2);
			assertThat(sequence.steps().length).isBetween(40, 70);
			String kind = example.fields().get("kind").stringValue();
			boolean odd = example.fields().get("anomaly").booleanValue();
			assertThat(odd).isEqualTo(!kind.equals("normal"));
			kinds.merge(kind, 1, Integer::sum);
			for (float[] step : sequence.steps()) {
				range[odd ? 1 : 0][0] = Math.min(range[odd ? 1 : 0][0], step[0]);
				range[odd ? 1 : 0][1] = Math.max(range[odd ? 1 : 0][1], step[0]);
			}
		}
		assertThat(kinds).hasSize(6).containsEntry("normal", 500);
		assertThat(kinds.values()).filteredOn((count) -> count == 20).hasSize(5);
		// no anomaly is known by the size of its numbers alone
		assertThat(range[1][0]).isBetween(range[0][0] - 1, range[0][0] + 1);
		assertThat(range[1][1]).isBetween(range[0][1] - 1, range[0][1] + 1);
	}

	@Test
	void givesEachCallerItsOwnCopy() {
		byte[] expected = BundledExamples.SEASONAL.content();
		List<byte[]> contents = IntStream.range(0, 16)
			.parallel()
			.mapToObj((i) -> BundledExamples.SEASONAL.content())
			.toList();
		contents.get(0)[0] = 0;
		assertThat(contents.subList(1, 16)).allSatisfy((content) -> assertThat(content).isEqualTo(expected));
		assertThat(BundledExamples.SEASONAL.content()).isEqualTo(expected);
	}

	@Test
	void gesturesAreLabelledSeriesOfUnequalLengths() {
		Map<String, Integer> labels = new HashMap<>();
		Set<Integer> lengths = new HashSet<>();
		for (DataRecord example : records(BundledExamples.GESTURES)) {
			assertThat(example.fields().propertyNames()).containsExactly("sequence", "label");
			Sequence.Numbers sequence = (Sequence.Numbers) Sequence.parse(example.fields().get("sequence"));
			assertThat(sequence.features()).isEqualTo(3);
			lengths.add(sequence.steps().length);
			labels.merge(example.fields().get("label").stringValue(), 1, Integer::sum);
		}
		assertThat(labels).hasSize(6).allSatisfy((label, count) -> assertThat(count).isEqualTo(100));
		assertThat(lengths).hasSizeGreaterThan(35).allSatisfy((length) -> assertThat(length).isBetween(20, 60));
	}

	@Test
	void gesturesAreNotKnownByTheirMeans() {
		Map<String, double[]> means = new HashMap<>();
		for (DataRecord example : records(BundledExamples.GESTURES)) {
			double[] mean = means.computeIfAbsent(example.fields().get("label").stringValue(),
					(label) -> new double[3]);
			float[][] steps = ((Sequence.Numbers) Sequence.parse(example.fields().get("sequence"))).steps();
			for (float[] step : steps) {
				for (int axis = 0; axis < 3; axis++) {
					mean[axis] += step[axis] / steps.length / 100;
				}
			}
		}
		// single examples differ by 0.2 and more through gravity alone
		assertThat(means.values()).allSatisfy((mean) -> {
			for (double m : mean) {
				assertThat(m).isBetween(-0.1, 0.1);
			}
		});
	}

	@Test
	void seasonalIsGrowingSalesOfConsecutiveMonths() {
		List<DataRecord> rows = records(BundledExamples.SEASONAL);
		assertThat(rows).hasSize(240);
		YearMonth month = YearMonth.parse(rows.get(0).fields().get("month").stringValue());
		double[] sales = new double[rows.size()];
		for (int i = 0; i < rows.size(); i++) {
			assertThat(rows.get(i).fields().propertyNames()).containsExactly("month", "sales");
			assertThat(YearMonth.parse(rows.get(i).fields().get("month").stringValue())).isEqualTo(month.plusMonths(i));
			sales[i] = rows.get(i).fields().get("sales").doubleValue();
		}
		double persistence = rmse(sales, (t) -> sales[t - 1]);
		double seasonalNaive = rmse(sales, (t) -> sales[t - 12]);
		double lastPlusSeasonalStep = rmse(sales, (t) -> sales[t - 1] + sales[t - 12] - sales[t - 13]);
		assertThat(lastPlusSeasonalStep).isPositive().isLessThan(seasonalNaive);
		assertThat(seasonalNaive).isLessThan(persistence);
		assertThat(sales[239]).isGreaterThan(2 * sales[11]);
	}

	@Test
	void storesSellMoreInPromotionsAndHaveDaysThatAreNotThere() {
		Map<String, Integer> days = new HashMap<>();
		double[] sales = new double[2];
		int[] count = new int[2];
		LocalDate last = LocalDate.MIN;
		for (DataRecord row : records(BundledExamples.STORES)) {
			assertThat(row.fields().propertyNames()).containsExactly("date", "store", "sales", "visitors", "promotion");
			LocalDate date = LocalDate.parse(row.fields().get("date").stringValue());
			assertThat(date).isAfterOrEqualTo(last);
			last = date;
			String store = row.fields().get("store").stringValue();
			days.merge(store, 1, Integer::sum);
			if (store.equals("store-1")) {
				int promotion = row.fields().get("promotion").intValue();
				sales[promotion] += row.fields().get("sales").doubleValue();
				count[promotion]++;
			}
		}
		assertThat(days).hasSize(6);
		assertThat(days.get("store-1")).isBetween(520, 539);
		assertThat(days.get("store-6")).isLessThan(140);
		assertThat(sales[1] / count[1]).isGreaterThan(1.2 * sales[0] / count[0]);
	}

	@Test
	void addingIsTheSumOfTwoMarkedValues() {
		List<DataRecord> examples = records(BundledExamples.ADDING);
		assertThat(examples).hasSize(1000);
		Set<Integer> lengths = new HashSet<>();
		for (DataRecord example : examples) {
			float[][] steps = ((Sequence.Numbers) Sequence.parse(example.fields().get("sequence"))).steps();
			lengths.add(steps.length);
			double sum = 0;
			int marked = 0;
			for (float[] step : steps) {
				assertThat(step[0]).isBetween(0f, 0.999f);
				assertThat(step[1]).isIn(0f, 1f);
				sum += step[0] * step[1];
				marked += (int) step[1];
			}
			assertThat(marked).isEqualTo(2);
			assertThat(example.fields().get("target").doubleValue()).isCloseTo(sum, within(1e-6));
		}
		assertThat(lengths).hasSize(21).allSatisfy((length) -> assertThat(length).isBetween(20, 40));
	}

	@Test
	void travelHasATagForEveryWord() {
		List<DataRecord> examples = records(BundledExamples.TRAVEL);
		assertThat(examples).hasSize(1500);
		Set<String> tags = new HashSet<>();
		Set<String> texts = new HashSet<>();
		for (DataRecord example : examples) {
			String text = example.fields().get("sequence").stringValue();
			List<String> ofExample = List.of(example.fields().get("tags").stringValue().split(" "));
			assertThat(Tokenizer.WORDS.split(text)).as(text).hasSameSizeAs(ofExample);
			assertThat(text).isEqualTo(text.toLowerCase(Locale.ROOT));
			for (int t = 0; t < ofExample.size(); t++) {
				if (ofExample.get(t).startsWith("I-")) {
					assertThat(ofExample.get(t - 1).substring(1)).as(text).isEqualTo(ofExample.get(t).substring(1));
				}
			}
			tags.addAll(ofExample);
			texts.add(text);
		}
		assertThat(texts).hasSize(1500);
		assertThat(tags).containsExactlyInAnyOrder("O", "B-from", "I-from", "B-to", "I-to", "B-city", "I-city",
				"B-date", "I-date", "B-airline", "I-airline");
	}

	@Test
	void travelIsNotKnownByItsWordsAlone() {
		List<DataRecord> examples = records(BundledExamples.TRAVEL);
		Map<String, Set<String>> tagsOfWord = new HashMap<>();
		Set<String> unseen = new HashSet<>();
		for (int i = 0; i < examples.size(); i++) {
			List<String> words = List.of(examples.get(i).fields().get("sequence").stringValue().split(" "));
			List<String> tags = List.of(examples.get(i).fields().get("tags").stringValue().split(" "));
			for (int t = 0; t < words.size(); t++) {
				if (!tagsOfWord.containsKey(words.get(t)) && i >= 1350) {
					unseen.add(words.get(t));
				}
				tagsOfWord.computeIfAbsent(words.get(t), (word) -> new HashSet<>()).add(tags.get(t));
			}
		}
		assertThat(unseen).hasSizeGreaterThan(30);
		assertThat(tagsOfWord.get("london")).contains("B-from", "B-to", "B-city");
		assertThat(tagsOfWord.get("may")).contains("O", "B-date", "I-date");
		assertThat(tagsOfWord.get("first")).contains("O", "I-date", "B-airline");
	}

	@Test
	void scenesShowWhatTheirTextsSay() {
		List<DrawnScenes.Scene> scenes = DrawnScenes.scenes(1, 300).toList();
		Pattern text = Pattern.compile("a (\\w+) (\\w+) (left of|above) a (\\w+) (\\w+)");
		for (DrawnScenes.Scene scene : scenes) {
			Matcher said = text.matcher(scene.text());
			assertThat(said.matches()).as(scene.text()).isTrue();
			boolean beside = said.group(3).equals("left of");
			assertThat(halfIsOf(scene, said.group(1), beside, true)).as(scene.text()).isTrue();
			assertThat(halfIsOf(scene, said.group(4), beside, false)).as(scene.text()).isTrue();
			assertThat(scene.combination().split(", ")).isSorted()
				.containsExactlyInAnyOrder(said.group(1) + " " + said.group(2), said.group(4) + " " + said.group(5));
		}
		assertThat(scenes.stream().map(DrawnScenes.Scene::text).distinct().count()).isGreaterThan(200);
		assertThat(scenes.stream().map(DrawnScenes.Scene::combination).distinct().count()).isLessThanOrEqualTo(120);
	}

	/** Whether the light of the left or upper half, or of the other, is of a colour. */
	private static boolean halfIsOf(DrawnScenes.Scene scene, String colour, boolean beside, boolean first) {
		double[] light = new double[3];
		for (int i = 0; i < scene.features().length; i++) {
			int column = i / 3 % DrawnScenes.SIZE;
			int row = i / 3 / DrawnScenes.SIZE;
			assertThat(scene.features()[i]).isBetween(0.0, 1.0);
			light[i % 3] += ((beside ? column : row) < DrawnScenes.SIZE / 2 == first) ? scene.features()[i] : 0;
		}
		boolean[] bright = new boolean[3];
		for (int channel = 0; channel < 3; channel++) {
			bright[channel] = light[channel] > 0.5 * Math.max(light[0], Math.max(light[1], light[2]));
		}
		return switch (colour) {
			case "red" -> bright[0] && !bright[1] && !bright[2];
			case "green" -> !bright[0] && bright[1] && !bright[2];
			case "blue" -> !bright[0] && !bright[1] && bright[2];
			default -> bright[0] && bright[1] && !bright[2];
		};
	}

	@Test
	void scenesAreReadAsTheyWereWritten() {
		DrawnScenes.Scene scene = DrawnScenes.scenes(1, 1).toList().get(0);
		var fields = DataSource.of(DataFormat.JSONL, DrawnScenes.jsonl(1, 1)).records().toList().get(0).fields();
		assertThat(fields.get("text").stringValue()).isEqualTo(scene.text());
		assertThat(fields.get("combination").stringValue()).isEqualTo(scene.combination());
		assertThat(fields.get("features")).hasSize(DrawnScenes.SIZE * DrawnScenes.SIZE * 3);
		for (int i = 0; i < scene.features().length; i++) {
			assertThat(fields.get("features").get(i).doubleValue()).isCloseTo(scene.features()[i], within(0.00501));
		}
	}

	@Test
	void datesMeanWhatTheyAreTranslatedTo() {
		List<DataRecord> rows = records(BundledExamples.DATES);
		assertThat(rows).hasSize(10_000);
		for (DataRecord row : rows) {
			assertThat(read(row.fields().get("source").stringValue())).as(row.fields().get("source").stringValue())
				.isEqualTo(row.fields().get("target").stringValue());
		}
		assertThat(rows.stream().map((row) -> row.fields().get("source").stringValue().replaceAll("\\s+", " ").strip()))
			.doesNotHaveDuplicates();
		assertThat(rows.stream().map((row) -> row.fields().get("target").stringValue().substring(0, 4)))
			.contains("1900", "2099");
	}

	@Test
	void datesComeInManyStylesCasesAndSpacings() {
		Set<String> shapes = records(BundledExamples.DATES).stream()
			.map((row) -> row.fields().get("source").stringValue().strip().replaceAll("\\s+", " "))
			.map((source) -> source.replaceAll("\\d+", "9"))
			.map((source) -> source.replaceAll("(?i)\\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*", "W"))
			.map((source) -> source.replaceAll("(?i)\\b" + NAMED_MONTH.pattern(), "M"))
			.collect(Collectors.toSet());
		assertThat(shapes).contains("the 9rd of M, 9", "9 M 9", "M 9, 9", "9.9.9", "9/9/9", "W, M 9, 9", "W 9 M 9",
				"9-M-9", "M the third, 9", "9, M the 9th", "THE 9TH OF M, 9", "the 9th of M,9");
		assertThat(records(BundledExamples.DATES))
			.anyMatch((row) -> row.fields().get("source").stringValue().startsWith(" "))
			.anyMatch((row) -> row.fields().get("source").stringValue().contains("  "));
	}

	@Test
	void anotherSeedGivesOtherDates() {
		Set<Pair> bundled = Set.copyOf(WrittenDates.pairs(20_260_103L, 10_000));
		List<Pair> fresh = WrittenDates.pairs(7, 1000);
		assertThat(fresh).isEqualTo(WrittenDates.pairs(7, 1000));
		assertThat(fresh.stream().filter(bundled::contains).count()).isLessThan(50);
		for (Pair pair : fresh) {
			assertThat(read(pair.source())).as(pair.source()).isEqualTo(pair.target());
		}
	}

	/** Reads a date by other means than it was written. */
	private static String read(String source) {
		String text = source.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
		Matcher year = YEAR.matcher(text);
		assertThat(year.find()).isTrue();
		int day;
		int month;
		Matcher named = NAMED_MONTH.matcher(text);
		if (named.find()) {
			month = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
				.indexOf(named.group(1)) + 1;
			Matcher number = DAY.matcher(text);
			day = number.find() ? Integer.parseInt(number.group(1)) : inWords(text);
		}
		else {
			int[] parts = Stream.of(text.split("[./]")).mapToInt((part) -> Integer.parseInt(part.strip())).toArray();
			day = text.contains(".") ? parts[0] : parts[2];
			month = parts[1];
		}
		LocalDate date = LocalDate.of(Integer.parseInt(year.group(1)), month, day);
		for (DayOfWeek weekday : DayOfWeek.values()) {
			String name = weekday.name().toLowerCase(Locale.ROOT).substring(0, 3);
			if (text.startsWith(name)) {
				assertThat(date.getDayOfWeek()).as(source).isEqualTo(weekday);
			}
		}
		return date.toString();
	}

	private static int inWords(String text) {
		List<String> units = List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
				"ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
				"seventeenth", "eighteenth", "nineteenth", "twentieth");
		if (text.contains("thirtieth")) {
			return 30;
		}
		int tens = text.contains("twenty-") ? 20 : text.contains("thirty-") ? 30 : 0;
		Matcher word = Pattern.compile("\\b(" + String.join("|", units) + ")\\b").matcher(text);
		assertThat(word.find()).as(text).isTrue();
		return tens + units.indexOf(word.group(1)) + 1;
	}

	private static double rmse(double[] series, IntToDoubleFunction forecast) {
		return Math.sqrt(IntStream.range(160, series.length)
			.mapToDouble((t) -> Math.pow(series[t] - forecast.applyAsDouble(t), 2))
			.average()
			.orElseThrow());
	}

	private static List<DataRecord> records(BundledExamples examples) {
		byte[] content = examples.content();
		assertThat(DataFormat.guess(null, content)).isEqualTo(examples.format());
		try (Stream<DataRecord> records = DataSource.of(examples.format(), () -> new ByteArrayInputStream(content))
			.records()) {
			return records.toList();
		}
	}

}
