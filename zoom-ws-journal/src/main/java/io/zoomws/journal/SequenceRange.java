package io.zoomws.journal;

/**
 * Sequences that follow each other.
 *
 * @param from the first
 * @param to the last
 */
public record SequenceRange(long from, long to) {}
