package io.zoomws.journal;

import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What kinds of entries and types of events a whole segment holds, so that who looks for rare ones skips it at once. Derived
 * together with the index and worth no more: without it, or if it is damaged, the index is walked. The file {@code types},
 * big-endian, text as in {@link DataOutputStream#writeUTF}:
 *
 * <pre>
 *   0 "ZWJT" | 4 version 1 | 8 number of the segment | 16 its first sequence | 24 how many entries
 *  32 kinds, a bit for each code | 36 1: other types as well | 37 how many types | 41 types … | CRC32C of all before
 * </pre>
 *
 * @param entries how many
 * @param kinds of these entries
 * @param others whether there are events of types that are not named
 * @param types of the other events
 */
record SegmentContents(long entries, Set<EntryKind> kinds, boolean others, List<String> types) {

    private static final int MAGIC = 0x5A574A54;
    private static final int VERSION = 1;
    private static final int CRC_BYTES = 4;

    /** What {@link EventTypes} allows is less. */
    private static final long MOST_BYTES = 1 << 20;

    static Path file(Segment segment) {
        return segment.directory().resolve("types");
    }

    /** Whether any entry of these kinds, and of events one of these types, may be there. */
    boolean mayHold(Set<EntryKind> wanted, EventFilter events) {
        for (EntryKind kind : kinds) {
            if (wanted.contains(kind)
                    && (kind != EntryKind.EVENT || others || types.stream().anyMatch(events::matches))) {
                return true;
            }
        }
        return false;
    }

    void write(Segment segment) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeLong(segment.number());
            out.writeLong(segment.firstSequence());
            out.writeLong(entries);
            int bits = 0;
            for (EntryKind kind : kinds) {
                bits |= 1 << IndexRecord.code(kind);
            }
            out.writeInt(bits);
            out.writeBoolean(others);
            out.writeInt(types.size());
            for (String type : types) {
                out.writeUTF(type);
            }
            out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
        }
        Files.write(Privacy.file(file(segment)), bytes.toByteArray());
    }

    /** Null if there is nothing that can be relied on. */
    static @Nullable SegmentContents read(Segment segment) {
        try {
            Path file = file(segment);
            if (!Files.exists(file) || Files.size(file) > MOST_BYTES) {
                return null;
            }
            byte[] bytes = Files.readAllBytes(file);
            int end = bytes.length - CRC_BYTES;
            if (end < 0 || ByteBuffer.wrap(bytes).getInt(end) != checksum(bytes, end)) {
                return null;
            }
            return read(segment, new DataInputStream(new ByteArrayInputStream(bytes, 0, end)));
        } catch (IOException unreadable) {
            return null;
        }
    }

    private static @Nullable SegmentContents read(Segment segment, DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC
                || in.readInt() != VERSION
                || in.readLong() != segment.number()
                || in.readLong() != segment.firstSequence()) {
            return null;
        }
        long entries = in.readLong();
        int bits = in.readInt();
        Set<EntryKind> kinds = EnumSet.noneOf(EntryKind.class);
        for (EntryKind kind : EntryKind.values()) {
            if ((bits & 1 << IndexRecord.code(kind)) != 0) {
                kinds.add(kind);
            }
        }
        boolean others = in.readBoolean();
        List<String> types = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            types.add(in.readUTF());
        }
        return new SegmentContents(entries, kinds, others, List.copyOf(types));
    }

    static void delete(Segment segment) throws IOException {
        Files.deleteIfExists(file(segment));
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
