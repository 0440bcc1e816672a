package io.unfold.model;

/**
 * A file of a version.
 *
 * @param name of the file
 * @param sizeBytes its size in bytes
 * @param sha256 hash of its content, lower-case hexadecimal
 */
public record ModelFile(String name, long sizeBytes, String sha256) {
}
