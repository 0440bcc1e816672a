package io.unfold.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

import io.unfold.data.CsvDialect;
import io.unfold.data.DataFormat;
import io.unfold.data.ParallelText;
import io.unfold.data.PlainText;
import io.unfold.problem.InvalidRequestException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes in what a client sends: writes it aside, finds out how it is written, and reads
 * all of it, so that what is at fault is said at once. The caller publishes or discards
 * what comes of it.
 */
class Intake {

	/** Bytes that are looked at to find out how a file is written. */
	private static final int HEAD = 8192;

	private final DatasetFolder folder;

	private final JsonMapper mapper;

	private final InstantSource time;

	private final long most;

	/** Few files are read at once: a long record takes much memory. */
	private final Semaphore reading = new Semaphore(2);

	Intake(DatasetFolder folder, JsonMapper mapper, InstantSource time, long most) {
		this.folder = folder;
		this.mapper = mapper;
		this.time = time;
		this.most = most;
	}

	/** A file of any format. */
	Taken file(Upload upload, InputStream file) {
		String name = name(upload, upload.fileName());
		PlainText[] plain = new PlainText[1];
		DatasetFolder.Draft draft = this.folder.draft((out) -> {
			plain[0] = PlainText.of(file, this.most, "/file", upload.encoding());
			plain[0].stream().transferTo(out);
		});
		return orDiscard(draft, () -> {
			byte[] head = head(draft.content());
			DataFormat format = (upload.format() != null) ? upload.format() : DataFormat.guess(upload.fileName(), head);
			if (upload.dialect().any() && format != DataFormat.CSV) {
				throw new InvalidRequestException("/format", "is " + format.id()
						+ ", which has no delimiter, quote, header, decimal or columns to choose: send csv with them");
			}
			List<String> notes = new ArrayList<>();
			CsvDialect dialect = null;
			if (format == DataFormat.CSV) {
				dialect = CsvDialect.sniff(head, head.length < HEAD, upload.dialect());
				if (!dialect.header() && upload.dialect().header() == null && dialect.columns() == null) {
					notes.add("The first row is taken for data, as it looks like the rows below it: the columns are "
							+ "column1, column2 and so on. Send header=true if it names them, or columns=... to name them.");
				}
			}
			return taken(name, format, draft, new Reading(plain[0].compression(), plain[0].encoding(), dialect, notes));
		});
	}

	/** Two files of parallel text, which are kept as JSON lines. */
	Taken parallel(Upload upload, InputStream source, InputStream target) {
		String name = name(upload, upload.fileName());
		Reading[] reading = new Reading[1];
		DatasetFolder.Draft draft = this.folder.draft((out) -> {
			PlainText sources = PlainText.of(source, this.most, "/source", upload.encoding());
			PlainText targets = PlainText.of(target, this.most, "/target", upload.encoding());
			ParallelText pairs = ParallelText.write(sources.stream(), targets.stream(), out);
			List<String> notes = new ArrayList<>();
			notes.add("Two texts of " + (pairs.pairs() + pairs.blank()) + " lines, kept as pairs.");
			if (pairs.blank() > 0) {
				notes.add(pairs.blank() + " pairs with a blank side are left out.");
			}
			reading[0] = new Reading(sources.compression(), sources.encoding(), null, notes);
		});
		return orDiscard(draft, () -> taken(name, DataFormat.JSONL, draft, reading[0]));
	}

	/** Examples, which are kept as JSON lines. */
	Taken examples(String name, List<JsonNode> examples) {
		DatasetFolder.Draft draft = this.folder.draft((out) -> {
			for (JsonNode example : examples) {
				out.write(this.mapper.writeValueAsString(example).getBytes(StandardCharsets.UTF_8));
				out.write('\n');
			}
		});
		return orDiscard(draft, () -> taken(DatasetName.check(name), DataFormat.JSONL, draft, Reading.PLAIN));
	}

	private static String name(Upload upload, @Nullable String fileName) {
		return (upload.name() != null) ? DatasetName.check(upload.name()) : DatasetName.ofFile(fileName);
	}

	private Taken taken(String name, DataFormat format, DatasetFolder.Draft draft, Reading reading) throws IOException {
		Understanding understood = understand(format, draft.content(), reading);
		Dataset dataset = new Dataset(DatasetId.of(name, format, draft.sha256()), name, format.id(),
				understood.records(), Files.size(draft.content()), draft.sha256(), this.time.instant(),
				understood.fields().stream().map(FieldSummary::field).toList(), false);
		return new Taken(draft, new StoredDataset(StoredDataset.FORMAT_VERSION, dataset, understood.fields(),
				reading.passedOver(understood.emptyLines())));
	}

	private Understanding understand(DataFormat format, Path content, Reading reading) {
		this.reading.acquireUninterruptibly();
		try {
			return Understanding.of(reading.source(format, () -> Files.newInputStream(content)));
		}
		finally {
			this.reading.release();
		}
	}

	private Taken orDiscard(DatasetFolder.Draft draft, Step step) {
		try {
			return step.run();
		}
		catch (IOException ex) {
			this.folder.discard(draft);
			throw new UncheckedIOException(ex);
		}
		catch (RuntimeException | Error ex) {
			this.folder.discard(draft);
			throw ex;
		}
	}

	private static byte[] head(Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			return in.readNBytes(HEAD);
		}
	}

	/** What may find a fault. */
	@FunctionalInterface
	private interface Step {

		Taken run() throws IOException;

	}

	/**
	 * Content that has been read, and is not yet a dataset.
	 *
	 * @param stored as it would be kept
	 */
	record Taken(DatasetFolder.Draft draft, StoredDataset stored) {
	}

}
