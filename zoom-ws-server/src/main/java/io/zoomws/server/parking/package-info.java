/**
 * Keeps on disk what plugin instances failed on. Called by delivery, which parks and redrives, and by the command line, which
 * looks, asks and discards, in a process of its own if need be. Read first: {@link io.zoomws.server.parking.ParkedStore} (the
 * files), {@link io.zoomws.server.parking.ParkedIndex} (what the instance's thread knows of them) and {@code ParkedFile} (what
 * one looks like).
 *
 * <p>In the folder of an instance, {@code <sequence>.parked} is one entry with all that is known of its failure; it is there as a
 * whole or not at all, and whoever deletes it has discarded the entry. {@code <sequence>.redrive}, empty, asks the instance to
 * deliver it again. Only the instance writes the former, and the folder's time of change tells it of everything others do. No lock
 * is needed. What this costs: a discard in the instant in which a redrive fails may come before the entry is parked again, which is
 * then still listed.
 */
@NullMarked
package io.zoomws.server.parking;

import org.jspecify.annotations.NullMarked;
