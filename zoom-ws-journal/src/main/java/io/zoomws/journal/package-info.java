/**
 * The append-only journal of one subscription, on Chronicle Queue, and the cursors of its consumers.
 *
 * <p>Called by the server and by the Camel component; everybody else reads through {@code io.zoomws.spi}. Read first:
 * {@link io.zoomws.journal.JournalWriter} (one per journal, takes raw frames), {@link io.zoomws.journal.Journals}
 * (readers and cursors, any number, any process) and {@code Envelope} (what one entry looks like on disk).
 *
 * <p>The one promise: an entry that {@link io.zoomws.journal.JournalStatus#durableSequence()} or any reader has shown
 * survives a crash of process and machine, byte for byte, at its sequence. Nothing of {@code net.openhft} leaves this
 * package; only {@code SegmentWriter} names it.
 *
 * <p>An entry on disk, little endian, format version 1:
 *
 * <pre>
 *   0        4    5    6      8         12       16      18     20      24
 *   +--------+----+----+------+---------+--------+-------+------+-------+
 *   | "ZWJE" |ver |kind| flags| payload | CRC32C | header| zero | key id|
 *   | magic  | 1  |    |  0   | length  |        | len 64|      |   0   |
 *   +--------+----+----+------+---------+--------+-------+------+-------+
 *   | 24 sequence        | 32 epoch              | 40 received at (ns)  |
 *   +--------------------+-----------------------+----------------------+
 *   | 48 connection      | 56 proven at (ns), 0: not a proof            |
 *   +--------------------+----------------------------------------------+
 *   | 64 payload bytes, exactly as received ...                         |
 *   +-------------------------------------------------------------------+
 * </pre>
 *
 * The CRC covers everything but itself. The key id is room for encryption.
 */
@NullMarked
package io.zoomws.journal;

import org.jspecify.annotations.NullMarked;
