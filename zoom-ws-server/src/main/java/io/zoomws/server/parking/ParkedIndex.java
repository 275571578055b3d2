package io.zoomws.server.parking;

import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.ParkedEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an instance's thread knows of what is parked: which keys are held up, and what is to be delivered again. Confined to
 * that thread, but for {@link #size()}. Others change the files at any time; this notices within {@link #REFRESH}.
 *
 * <p><b>What is delivered again</b>, in sequence order: the first of a key, or what has no key, if somebody asked for it; and the
 * first of a key that was parked only because of one before it. So after the first of a key was delivered again, or discarded,
 * those that waited for it follow by themselves, up to one that had failed as well.
 */
public final class ParkedIndex {

    /** So many may be parked. Delivery waits when there are more: nothing is given up. */
    public static final int CAPACITY = 10_000;

    /** How soon a change that others made is noticed. */
    public static final Duration REFRESH = Duration.ofMillis(250);

    /** A file system may tell two changes by the same time, if they come within two seconds: so often it is looked again. */
    private static final int LOOKS_UNTIL_SETTLED = 8;

    private static final Logger log = LoggerFactory.getLogger(ParkedIndex.class);

    private final ParkedStore store;
    private final LongSupplier nanoTime;
    private final int capacity;
    private final TreeMap<Long, ParkedEntry> parked = new TreeMap<>();
    private final Map<String, TreeSet<Long>> keys = new HashMap<>();
    private final TreeSet<Long> requested = new TreeSet<>();
    private final TreeSet<Long> due = new TreeSet<>();
    private @Nullable FileTime seen;
    private int looks;
    private long lookedNanos;
    private volatile int size; // for status

    /**
     * Reads what is there and removes what a crash left half-written.
     *
     * @param store of the instance
     * @param nanoTime as {@link System#nanoTime}
     * @param capacity how many entries may be parked, {@link #CAPACITY} as a rule
     * @throws JournalException if the folder or an entry cannot be read
     */
    public ParkedIndex(ParkedStore store, LongSupplier nanoTime, int capacity) {
        this.store = store;
        this.nanoTime = nanoTime;
        this.capacity = capacity;
        store.clean();
        look();
    }

    /**
     * The files.
     *
     * @return as given
     */
    public ParkedStore store() {
        return store;
    }

    /**
     * How many are parked, as far as known. May be asked by any thread.
     *
     * @return 0 or more
     */
    public int size() {
        return size;
    }

    /**
     * Notices what others have changed, if it has not been looked at for a while. Costs one call of the system, if nothing has.
     *
     * @throws JournalException if that cannot be read: whoever asked has to wait, since an unread entry may hold up its key
     */
    public void refresh() {
        if (nanoTime.getAsLong() - lookedNanos >= REFRESH.toNanos()) {
            look();
        }
    }

    /**
     * Why an entry was parked before.
     *
     * @param sequence of the entry
     * @return empty if it is not parked
     */
    public Optional<ParkedEntry> about(long sequence) {
        return Optional.ofNullable(parked.get(sequence));
    }

    /**
     * How many entries may be parked.
     *
     * @return as given
     */
    public int capacity() {
        return capacity;
    }

    /**
     * Whether an entry may be parked.
     *
     * @param sequence of the entry
     * @return false if it is not parked already and there is no room for more
     */
    public boolean hasRoom(long sequence) {
        return parked.size() < capacity || parked.containsKey(sequence);
    }

    /**
     * The entry for which a later one of its key has to wait.
     *
     * @param key of the later one
     * @param sequence of the later one
     * @return the first of this key that is parked and comes before it; empty if there is none
     */
    public OptionalLong blocking(String key, long sequence) {
        while (true) {
            TreeSet<Long> waiting = keys.get(key);
            if (waiting == null || waiting.first() >= sequence) {
                return OptionalLong.empty();
            }
            long first = waiting.first();
            if (store.contains(first)) {
                return OptionalLong.of(first);
            }
            forget(first); // discarded since we looked
        }
    }

    /**
     * What is to be delivered again.
     *
     * @return the sequence of the first; empty if there is none
     */
    public OptionalLong due() {
        return due.isEmpty() ? OptionalLong.empty() : OptionalLong.of(due.first());
    }

    /**
     * What is to be delivered again of one key.
     *
     * @param key as parked
     * @return the sequence of the first of this key, if it is due
     */
    public OptionalLong due(String key) {
        TreeSet<Long> waiting = keys.get(key);
        return waiting != null && due.contains(waiting.first())
                ? OptionalLong.of(waiting.first())
                : OptionalLong.empty();
    }

    /**
     * Parks an entry, again perhaps.
     *
     * @param about why
     * @param entry the entry
     * @throws JournalException if it cannot be written
     */
    public void park(ParkedEntry about, Entry entry) {
        store.park(about, entry);
        forget(about.sequence());
        remember(about);
        weigh(about.key());
    }

    /**
     * An entry is not parked any more: it was delivered, or is found discarded.
     *
     * @param sequence of the entry
     * @throws JournalException if that cannot be written: it remains parked
     */
    public void remove(long sequence) {
        if (parked.containsKey(sequence)) {
            store.discard(sequence);
            forget(sequence);
        }
    }

    /**
     * An entry is not to be delivered again although that was asked for.
     *
     * @param sequence of the entry
     * @throws JournalException if that cannot be written
     */
    public void dismiss(long sequence) {
        store.dismiss(sequence);
        requested.remove(sequence);
        due.remove(sequence);
    }

    /**
     * An entry is not delivered again for now: until others change something, or the next start.
     *
     * @param sequence of the entry
     */
    public void postpone(long sequence) {
        due.remove(sequence);
    }

    /** Where something cannot be read, nothing counts as looked at: the next call tries again. */
    private void look() {
        long begun = nanoTime.getAsLong();
        FileTime now = changed();
        int same = Objects.equals(now, seen) ? looks + 1 : 0;
        if (same <= LOOKS_UNTIL_SETTLED) {
            read();
        }
        seen = now;
        looks = Math.min(same, LOOKS_UNTIL_SETTLED);
        lookedNanos = begun;
    }

    private void read() {
        SortedSet<Long> there = store.sequences();
        new TreeSet<>(parked.keySet())
                .stream().filter(sequence -> !there.contains(sequence)).forEach(this::forget);
        for (long sequence : there) {
            if (!parked.containsKey(sequence)) {
                store.about(sequence).ifPresent(this::found);
            }
        }
        requests();
    }

    private void requests() {
        requested.clear();
        due.clear();
        for (long sequence : store.requested()) {
            if (parked.containsKey(sequence)) {
                requested.add(sequence);
                weigh(parked.get(sequence).key(), sequence);
            } else if (!store.contains(sequence)) {
                store.dismiss(sequence);
            }
        }
        keys.keySet().forEach(key -> weigh(Optional.of(key)));
    }

    private void found(ParkedEntry entry) {
        if (entry.event().equals(ParkedStore.DAMAGED)) {
            log.error("{}", entry.error());
        }
        remember(entry);
    }

    private void remember(ParkedEntry entry) {
        parked.put(entry.sequence(), entry);
        entry.key().ifPresent(key -> keys.computeIfAbsent(key, k -> new TreeSet<>())
                .add(entry.sequence()));
        size = parked.size();
    }

    private void forget(long sequence) {
        ParkedEntry entry = parked.remove(sequence);
        requested.remove(sequence);
        due.remove(sequence);
        size = parked.size();
        if (entry == null || entry.key().isEmpty()) {
            return;
        }
        String key = entry.key().get();
        keys.computeIfPresent(key, (k, waiting) -> {
            waiting.remove(sequence);
            return waiting.isEmpty() ? null : waiting;
        });
        weigh(entry.key());
    }

    /** Decides whether the first of a key is to be delivered again; others of the key are not. */
    private void weigh(Optional<String> key) {
        TreeSet<Long> waiting = key.map(keys::get).orElse(null);
        if (waiting != null) {
            waiting.forEach(due::remove);
            weigh(key, waiting.first());
        }
    }

    private void weigh(Optional<String> key, long sequence) {
        ParkedEntry entry = parked.get(sequence);
        boolean waited = key.isPresent() && entry != null && entry.attempts() == 0;
        boolean first = key.isEmpty() || isFirst(key.get(), sequence);
        if (first && (waited || requested.contains(sequence))) {
            due.add(sequence);
        }
    }

    private boolean isFirst(String key, long sequence) {
        TreeSet<Long> waiting = keys.get(key);
        return waiting != null && waiting.first() == sequence;
    }

    private @Nullable FileTime changed() {
        try {
            return Files.getLastModifiedTime(store.folder());
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new JournalException("The folder " + store.folder() + " of parked entries cannot be read: " + e, e);
        }
    }
}
