package io.zoomws.journal;

import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a backup holds: its file {@code manifest}, without which it is none, and which is replaced as a whole when everything it
 * names is on the disk. Text, one thing a line:
 *
 * <pre>
 * zoom-ws backup 1
 * journal SUBSCRIPTION VISIBLE EPOCH          the newest sequence in it, and of which run
 * removed BEFORE BEGAN                        as in the file removed of a journal
 * cursor NAME POSITION required|optional      POSITION 0: it was lost already
 * segment NUMBER FIRST LAST                   its files follow
 * file NAME BYTES SHA-256
 * sum SHA-256                                 of all lines above
 * </pre>
 *
 * @param subscription whose journal it was
 * @param visible the newest sequence in it, 0 if there is none
 * @param epoch the run of the writer
 * @param removed what retention had removed
 * @param cursors as they were just before
 * @param segments oldest first, none of them empty
 */
record BackupManifest(
        String subscription,
        long visible,
        long epoch,
        Removed removed,
        List<CursorCopy> cursors,
        List<SegmentCopy> segments) {

    static final String FILE_NAME = "manifest";
    static final String HEADLINE = "zoom-ws backup 1";

    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    BackupManifest {
        cursors = List.copyOf(cursors);
        segments = List.copyOf(segments);
    }

    /**
     * One cursor.
     *
     * @param position empty if it was lost already
     */
    record CursorCopy(String name, OptionalLong position, boolean required) {}

    /** One segment, or what there was of the newest. */
    record SegmentCopy(long number, long first, long last, List<FileSum> files) {

        /** Holds the end as well, so that what was copied before of a segment that has grown since stays beside it. */
        String directory() {
            return directory(number, first, last);
        }

        static String directory(long number, long first, long last) {
            return String.format(Locale.ROOT, "%08d-%019d-%019d", number, first, last);
        }
    }

    /** Reads one; empty if there is none. */
    static Optional<BackupManifest> read(Path target) throws IOException {
        Path file = target.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        byte[] content = Files.readAllBytes(file);
        try {
            return Optional.of(parse(new String(content, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new JournalException(
                    file + " is damaged, so nobody can tell what this backup holds: use another backup, or back up"
                            + " into a new directory",
                    e);
        }
    }

    private static BackupManifest parse(String text) {
        int sum = text.lastIndexOf("sum ");
        String body = text.substring(0, sum);
        if (!text.equals(body + sumLine(body))) {
            throw new IllegalArgumentException("its sum is wrong");
        }
        String[] lines = body.split("\n", -1);
        if (!lines[0].equals(HEADLINE)) {
            throw new IllegalArgumentException("it is of another version");
        }
        String[] head = lines[1].split(" ", -1);
        String[] removed = lines[2].split(" ", -1);
        List<CursorCopy> cursors = new ArrayList<>();
        List<SegmentCopy> segments = new ArrayList<>();
        for (int i = 3; i + 1 < lines.length; i++) {
            String[] words = lines[i].split(" ", -1);
            switch (words[0]) {
                case "cursor" -> {
                    long position = Long.parseLong(words[2]);
                    cursors.add(new CursorCopy(
                            named(JournalDirectory.isName(words[1]), words[1]),
                            position == 0 ? OptionalLong.empty() : OptionalLong.of(position),
                            words[3].equals("required")));
                }
                case "segment" ->
                    segments.add(new SegmentCopy(
                            Long.parseLong(words[1]),
                            Long.parseLong(words[2]),
                            Long.parseLong(words[3]),
                            new ArrayList<>()));
                case "file" ->
                    segments.get(segments.size() - 1)
                            .files()
                            .add(new FileSum(
                                    named(FILE.matcher(words[1]).matches(), words[1]),
                                    Long.parseLong(words[2]),
                                    words[3]));
                default -> throw new IllegalArgumentException("line " + (i + 1) + " is of no known kind");
            }
        }
        return new BackupManifest(
                named(JournalDirectory.isName(head[1]), head[1]),
                Long.parseLong(head[2]),
                Long.parseLong(head[3]),
                new Removed(Long.parseLong(removed[1]), Long.parseLong(removed[2])),
                cursors,
                segments);
    }

    /** A name from a file must not lead out of its directory. */
    private static String named(boolean allowed, String name) {
        if (!allowed) {
            throw new IllegalArgumentException("it holds a name that is none");
        }
        return name;
    }

    /** Puts it in place of the one before. When this returns, it survives a power cut. */
    void write(Path target) throws IOException {
        StringBuilder text = new StringBuilder(HEADLINE).append('\n');
        line(text, "journal", subscription, visible, epoch);
        line(text, "removed", removed.before(), removed.beganAtNanos());
        for (CursorCopy cursor : cursors) {
            line(
                    text,
                    "cursor",
                    cursor.name(),
                    cursor.position().orElse(0),
                    cursor.required() ? "required" : "optional");
        }
        for (SegmentCopy segment : segments) {
            line(text, "segment", segment.number(), segment.first(), segment.last());
            for (FileSum file : segment.files()) {
                line(text, "file", file.name(), file.bytes(), file.sha256());
            }
        }
        String body = text.toString();
        Directories.replace(target.resolve(FILE_NAME), (body + sumLine(body)).getBytes(StandardCharsets.UTF_8));
    }

    private static void line(StringBuilder text, Object... words) {
        for (int i = 0; i < words.length; i++) {
            text.append(i == 0 ? "" : " ").append(words[i]);
        }
        text.append('\n');
    }

    private static String sumLine(String body) {
        return "sum " + FileSum.sha256(body.getBytes(StandardCharsets.UTF_8)) + "\n";
    }
}
