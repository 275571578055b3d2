package io.zoomws.server.status;

/**
 * Journaled frames since the server began that are neither events nor answers to us. They are counted as the journal is read,
 * a moment after they came.
 *
 * @param unreadable no JSON object, or not UTF-8; binary frames and those over the size limit are among them
 * @param unknownModule JSON objects of a module that is not known, or of none
 * @param withoutEvent messages whose content is no event
 */
public record OddFrameCounts(long unreadable, long unknownModule, long withoutEvent) {}
