package io.zoomws.server.delivery;

import io.zoomws.journal.CursorStore;
import io.zoomws.journal.Journals;
import io.zoomws.journal.LostPositionException;
import io.zoomws.server.parking.ParkedStore;
import io.zoomws.server.plugins.HostServices;
import io.zoomws.server.plugins.InstanceContext;
import io.zoomws.server.plugins.MetricsOfPlugins;
import io.zoomws.server.plugins.RawSettings;
import io.zoomws.spi.Cursor;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The replays of one subscription that are under way or were interrupted. Each has a cursor of its name, which one process holds at a
 * time, and a record {@code replays/<name>.json}; both are gone when it is done. What it parked remains, and with it {@code
 * replays/<name>.parked}, by which that is told apart from what a live instance parked.
 */
public final class Replays {

    private static final String SUFFIX = ".json";
    private static final String PARKED = ".parked";
    private static final long VERSION = 1;

    private final CursorStore cursors;
    private final InstanceFiles files;
    private final Path folder;

    private Replays(CursorStore cursors, InstanceFiles files) {
        this.cursors = cursors;
        this.files = files;
        this.folder = files.subscription().resolve("replays");
    }

    /**
     * Those of one subscription.
     *
     * @param data the data directory
     * @param subscription its name
     * @return nothing is made yet
     */
    public static Replays in(Path data, String subscription) {
        return new Replays(Journals.cursors(data, subscription), InstanceFiles.in(data, subscription));
    }

    /**
     * The names of those that have a record.
     *
     * @return in alphabetical order
     * @throws JournalException if the folder cannot be read
     */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[!.]*" + SUFFIX)) {
                for (Path file : files) {
                    String name = String.valueOf(file.getFileName());
                    names.add(name.substring(0, name.length() - SUFFIX.length()));
                }
            } catch (IOException e) {
                throw new JournalException("The folder " + folder + " cannot be read: " + e, e);
            }
        }
        Collections.sort(names);
        return names;
    }

    /**
     * Whether what is parked under a name was parked by a replay, one that has ended perhaps.
     *
     * @param name of the replay or instance
     * @return the instance or plugin whose replay it was; empty: it was a live instance
     * @throws JournalException if that cannot be read
     */
    public Optional<String> replayed(String name) {
        Optional<String> instance = marker(name).read().map(fields -> String.valueOf(fields.get("instance")));
        boolean live = !record(name).isThere()
                && cursors.list(1, Long.MAX_VALUE).stream()
                        .anyMatch(cursor -> cursor.name().equals(name));
        return live ? Optional.empty() : instance;
    }

    private JsonNote record(String name) {
        return new JsonNote(folder.resolve(name + SUFFIX));
    }

    private JsonNote marker(String name) {
        return new JsonNote(folder.resolve(name + PARKED));
    }

    /**
     * Takes hold of a replay, begun or not.
     *
     * @param name letters, digits, dot, hyphen and underscore
     * @param anew whether it is to begin anew, so that it does not matter if its record or position is damaged
     * @return to be closed by the caller
     * @throws IllegalArgumentException if the name is not of this form
     * @throws JournalException if another process has it, named in the message; if its record or cursor is damaged; if the cursor
     *     of this name is that of something else
     */
    public Hold take(String name, boolean anew) {
        JsonNote note = record(name);
        Cursor cursor = open(name, anew, note);
        boolean taken = false;
        try {
            if (cursor.position().isPresent() && !note.isThere()) {
                throw new JournalException("The cursor '" + name
                        + "' is of no replay that was interrupted: choose another name"
                        + " with --as, or, if nobody needs it, forget it with 'zoom-ws cursors delete " + name + "'");
            }
            Hold hold = new Hold(cursor, note, anew ? Optional.empty() : ReplayRecord.read(name, note));
            taken = true;
            return hold;
        } finally {
            if (!taken) {
                cursor.close();
            }
        }
    }

    private Cursor open(String name, boolean anew, JsonNote note) {
        try {
            return cursors.open(name, false);
        } catch (LostPositionException e) {
            if (!anew || !note.isThere()) {
                throw e;
            }
            cursors.delete(name);
            return cursors.open(name, false);
        }
    }

    /** One replay, which nobody else can take meanwhile. One thread at a time. */
    public final class Hold implements AutoCloseable {

        private final Cursor cursor;
        private final JsonNote note;
        private Optional<ReplayRecord> record;

        private Hold(Cursor cursor, JsonNote note, Optional<ReplayRecord> record) {
            this.cursor = cursor;
            this.note = note;
            this.record = record;
        }

        /**
         * What it is.
         *
         * @return empty if it is not begun
         */
        public Optional<ReplayRecord> record() {
            return record;
        }

        /**
         * Where its cursor stands.
         *
         * @return empty if it was never saved
         */
        public OptionalLong position() {
            return cursor.position();
        }

        /**
         * What is parked under its name. A replay is to begin with nothing there: what an earlier one left would hold up the
         * later events of its keys.
         *
         * @return the store
         */
        public ParkedStore parked() {
            return new ParkedStore(files.parked(cursor.name()));
        }

        /**
         * Whether what is parked there may be discarded for the sake of a replay.
         *
         * @return false if a live instance parked it
         */
        public boolean ownsParked() {
            return note.isThere() || marker(cursor.name()).isThere();
        }

        /**
         * What the handler of a replay that is begun works with. Cursors of its own it is refused: those of the live instance
         * would be taken from it, and others would be left behind.
         *
         * @param subscription whose journal is replayed
         * @param reader of that journal
         * @param settings of the plugin
         * @return the services
         */
        public HostServices services(String subscription, JournalReader reader, RawSettings settings) {
            ReplayRecord begun = record.orElseThrow();
            return new HostServices(
                    new InstanceContext(begun.name(), subscription, files.plugin(begun.instance())),
                    reader,
                    name -> {
                        throw new JournalException(
                                "A replay has no cursors of its own, so there is no cursor '" + name + "'");
                    },
                    Clock.systemUTC(),
                    new MetricsOfPlugins().begin(begun.name(), subscription),
                    parked(),
                    settings);
        }

        /**
         * Forgets a replay that has not delivered anything, such as one whose plugin cannot be built: it is nothing to go on with.
         *
         * @return whether it was one
         */
        public boolean forgetIfNothingWasDone() {
            long from = record.orElseThrow().from();
            boolean nothing = cursor.position().orElse(from) == from;
            if (nothing) {
                finish();
            }
            return nothing;
        }

        /**
         * Begins a replay, whatever was there before, but for what is parked.
         *
         * @param begun what it is
         */
        public void begin(ReplayRecord begun) {
            marker(cursor.name()).write(Map.of("version", VERSION, "instance", begun.instance()));
            // In this order: what has no position yet begins at its beginning.
            save(begun);
            cursor.save(begun.from());
        }

        /**
         * Changes what it is.
         *
         * @param changed from now on
         */
        public void change(ReplayRecord changed) {
            save(changed);
        }

        void save(ReplayRecord now) {
            note.write(now.fields());
            record = Optional.of(now);
        }

        Cursor cursor() {
            return cursor;
        }

        /** Forgets a replay that is done, but for what it parked, and lets go of it. */
        public void finish() {
            if (parked().size() == 0) {
                marker(cursor.name()).delete();
            }
            // In this order: a record without a position would begin again.
            note.delete();
            record = Optional.empty();
            cursor.close();
            cursors.delete(cursor.name());
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
