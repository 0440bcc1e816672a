package io.unfold.dataset.web;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The form of an upload, for the documentation.
 *
 * @param file the file
 * @param name of the dataset
 * @param format of the file
 * @param source in place of a file, with target
 * @param target in place of a file, with source
 * @param delimiter of separated values
 * @param quote of separated values
 * @param header of separated values
 * @param decimal of separated values
 * @param columns of separated values
 * @param encoding of the text
 * @param validateOnly whether nothing is to be stored
 */
record UploadForm(
		@Schema(type = "string", format = "binary",
				description = "The file; or else both 'source' and 'target'.") @Nullable Object file,
		@Schema(type = "string", format = "binary",
				description = "Parallel text: a sentence per line.") @Nullable Object source,
		@Schema(type = "string", format = "binary",
				description = "Its translation: the same line of each file.") @Nullable Object target,
		@Schema(description = "Name of the dataset; by default the file's name without its extension.") @Nullable String name,
		@Schema(description = "How the file is written; by default guessed from its name and content.",
				allowableValues = {
						"csv", "tsv", "jsonl", "text" }) @Nullable String format,
		@Schema(description = "Of csv, a character or its name; by default found out.",
				allowableValues = { "comma", "semicolon", "tab", "pipe" }) @Nullable String delimiter,
		@Schema(description = "Of csv: the character around cells that hold delimiters; by default found out.",
				example = "\"") @Nullable String quote,
		@Schema(description = "Of csv: whether the first row names the columns; by default found out.") @Nullable Boolean header,
		@Schema(description = "Of csv: the decimal separator; by default found out.",
				allowableValues = { ".", "," }) @Nullable String decimal,
		@Schema(description = "Of csv: names of the columns, where the file has none or others.",
				example = "sequence,label") @Nullable String columns,
		@Schema(description = "Of text without a byte order mark; by default utf-8.",
				allowableValues = { "utf-8", "utf-16le", "utf-16be", "windows-1252",
						"iso-8859-1" }) @Nullable String encoding,
		@Schema(description = "True answers with a preview and stores nothing.") @Nullable Boolean validateOnly){
}
