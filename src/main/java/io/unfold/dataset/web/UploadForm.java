package io.unfold.dataset.web;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The form of an upload, for the documentation.
 *
 * @param file the file
 * @param name of the dataset
 * @param format of the file
 */
record UploadForm(
		@Schema(type = "string", format = "binary", description = "The file.",
				requiredMode = Schema.RequiredMode.REQUIRED) Object file,
		@Schema(description = "Name of the dataset; by default the file's name without its extension.") @Nullable String name,
		@Schema(description = "How the file is written; by default guessed from its name and content.",
				allowableValues = {
						"csv", "tsv", "jsonl", "text" }) @Nullable String format){
}
