package io.zoomws.journal;

import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one subscription's journal; one at a time, across processes. Methods may be called by any thread.
 *
 * <p>{@link #append} copies an entry into memory and returns; a thread of the journal's own writes what has come, brings it
 * to the disk with one barrier, and only then do {@link JournalStatus#durableSequence()} and the readers move on (that order in
 * the weaker modes: see {@link Durability}).
 *
 * <p>If the disk fails or is full, nothing that was taken in is dropped: it is written again, to another file, until that succeeds;
 * meanwhile the state is STALLED, {@link StorageListener} is told, and {@link #append} takes what memory allows. Only an error
 * of the program itself, or closing it while the disk fails, makes it FAILED for good: then {@link #append} throws, and closing it and opening another recovers
 * what is durable.
 */
public final class JournalWriter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);

    /** How the run before ended, as an OPENED entry tells it, if the journal was restored from a backup since. */
    static final String RESTORED = "restored";

    private final Path journal;
    private final String subscription;
    private final InstantSource clock;
    private final OwnerLock lock;
    private final Intake intake;
    private final Progress progress;
    private final Durability durability;
    private final Trouble trouble;
    private final TimedBarrier barriers;
    private final EventCounts events = new EventCounts();
    private final long reserveBytes;
    private final long epoch;
    private final long lastConnection;
    private final @Nullable LastRun lastRun;
    private final WriterLoop loop;
    private final Thread writerThread;
    private final Thread indexerThread;
    private final String failedWithoutWords;
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Opens a journal with the settings that suit a server.
     *
     * @param data the data directory
     * @param subscription the name of the subscription, letters, digits, dot, hyphen and underscore
     * @return the writer, ready
     * @throws JournalException if another writer holds the journal (named in the message), if the directory is no journal or
     *     cannot be written, or if the disk fails
     */
    public static JournalWriter open(Path data, String subscription) {
        return open(data, subscription, Clock.systemUTC(), JournalSettings.DEFAULT);
    }

    /**
     * Opens a journal: recovers it to its last entry, begins a new epoch, and writes an OPENED entry.
     *
     * @param data the data directory
     * @param subscription the name of the subscription
     * @param clock for the entries that the journal writes itself
     * @param settings sizes
     * @return the writer, ready
     * @throws JournalException as {@link #open(Path, String)}
     */
    public static JournalWriter open(Path data, String subscription, InstantSource clock, JournalSettings settings) {
        return open(data, subscription, clock, settings, Barrier.FORCE);
    }

    static JournalWriter open(
            Path data, String subscription, InstantSource clock, JournalSettings settings, Barrier barrier) {
        return open(data, subscription, clock, settings, barrier, DiskSpace.OF_FILE_SYSTEM);
    }

    static JournalWriter open(
            Path data,
            String subscription,
            InstantSource clock,
            JournalSettings settings,
            Barrier barrier,
            DiskSpace disk) {
        Path journal = JournalDirectory.journal(data, subscription);
        JvmFlags.require(journal);
        JournalDirectory.prepare(journal);
        OwnerLock lock = null;
        JournalWriter opened = null;
        try {
            Privacy.requireOwnerOnly(JournalDirectory.subscription(data, subscription));
            Privacy.notice(JournalDirectory.subscription(data, subscription)).ifPresent(log::warn);
            lock = OwnerLock.take(journal.resolve("lock"), "The journal " + journal, clock.instant());
            JournalDirectory.label(journal);
            JournalWriter writer = new JournalWriter(journal, subscription, clock, settings, barrier, disk, lock);
            writer.start();
            opened = writer;
            return writer;
        } catch (IOException e) {
            throw new JournalException("Cannot open the journal " + journal + ": " + Problems.text(e), e);
        } finally {
            if (opened == null && lock != null) {
                release(lock);
            }
        }
    }

    private JournalWriter(
            Path journal,
            String subscription,
            InstantSource clock,
            JournalSettings settings,
            Barrier barrier,
            DiskSpace disk,
            OwnerLock lock)
            throws IOException {
        this.journal = journal;
        this.subscription = subscription;
        this.clock = clock;
        this.lock = lock;
        this.failedWithoutWords = "The journal " + journal + " failed and takes no more, and cannot say why:"
                + " memory or file descriptors have run out. Raise the limit, then start again; nothing acknowledged is lost.";
        Deriver deriver = new Deriver(new DuplicateWindow(settings.duplicateEvents(), settings.duplicateAge()));
        Recovery.Result recovered = recover(deriver, barrier);
        deriver.countInto(events);
        barriers = new TimedBarrier(barrier);
        IndexRecord last = recovered.last();
        epoch = recovered.epoch() + 1;
        lastConnection = last == null ? 0 : last.link().lastConnection();
        lastRun = LastRun.of(last, recovered.beganAtNanos(), recovered.skipped() != null);
        long lastReceivedAt = last == null ? 0 : last.receivedAtNanos();
        intake = new Intake(settings.highWaterBytes(), epoch, recovered.lastSequence(), lastReceivedAt);
        progress = new Progress(journal, epoch, recovered.lastSequence());
        durability = settings.durability();
        trouble = new Trouble(journal);
        SpaceGuard space = new SpaceGuard(journal, disk, trouble, settings.reserveBytes(), settings.marginBytes());
        reserveBytes = space.reserveBytes();
        loop = new WriterLoop(
                new SegmentChain(
                        journal, settings, barriers, progress, recovered.nextSegment(), recovered.lastSequence()),
                intake,
                progress,
                trouble,
                space,
                clock,
                json -> note(StoredKind.CONTROL_NOTE, json),
                this::fail);
        IndexerLoop indexer = new IndexerLoop(
                progress,
                intake,
                trouble,
                deriver,
                recovered.lastSequence(),
                damage -> WriterLoop.tryToNote(() -> quarantine(damage)),
                this::fail);
        writerThread = daemon(loop, "zoomws-journal-writer-" + subscription);
        indexerThread = daemon(indexer, "zoomws-journal-indexer-" + subscription);
        note(
                StoredKind.OPENED,
                "{\"epoch\":" + epoch + ",\"durability\":\"" + durability.text() + "\",\"previousEnd\":"
                        + recovered.previousEnd() + "}");
        recovered.damages().forEach(this::quarantine);
    }

    private void quarantine(Indexer.Damage damage) {
        log.error("Sequences {} to {} of {} are damaged and set aside", damage.first(), damage.last(), journal);
        note(
                StoredKind.QUARANTINE,
                "{\"fromSequence\":" + damage.first() + ",\"toSequence\":" + damage.last() + ",\"segment\":"
                        + damage.segment().number() + ",\"cause\":\"damaged on disk\"}");
    }

    /** Nobody removes segments while they are read here. */
    private Recovery.Result recover(Deriver deriver, Barrier barrier) throws IOException {
        OwnerLock retention = Retention.lock(journal, clock);
        try {
            Recovery.Result recovered = new Recovery(journal, deriver, barrier).run();
            Removed.reserve(journal);
            return recovered;
        } finally {
            retention.close();
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Starts the threads and waits until the OPENED entry is durable and visible; if it throws, none is left running. */
    private void start() throws IOException {
        boolean opened = false;
        try {
            writerThread.start();
            indexerThread.start();
            loop.opened().join();
            if (!progress.awaitIndexed()) {
                throw new JournalException(failureText());
            }
            opened = true;
        } catch (CompletionException e) {
            throw new JournalException(failureText(), e.getCause() == null ? e : e.getCause());
        } finally {
            if (!opened) {
                stop();
            }
        }
    }

    /**
     * Takes in one entry. It has its place in the order when this returns, and is durable a moment later.
     *
     * @param kind what it is
     * @param connection on which it came, 0 for none
     * @param receivedAtNanos when, in epoch nanoseconds; an earlier time than that of the entry before is raised to that
     * @param provenAtNanos the instant at which this entry proves the connection live, 0 if it proves nothing
     * @param payload copied from position to limit; left as it is
     * @return true to go on; false: taken in, but memory is filling up, so stop reading until {@link #onDrained} runs
     * @throws JournalException if the writer failed or is closed, or the caller went on for long after a false
     */
    public boolean append(
            StoredKind kind, long connection, long receivedAtNanos, long provenAtNanos, ByteBuffer payload) {
        return intake.append(kind, connection, receivedAtNanos, provenAtNanos, payload);
    }

    /**
     * Says what to do when there is room again after {@link #append} answered false. Runs on the journal's thread, so it must
     * be short; it is never run after a failure.
     *
     * @param action what to do
     */
    public void onDrained(Runnable action) {
        intake.onDrained(action);
    }

    /**
     * Says whom to tell when nothing can be stored; told at once if that is so already.
     *
     * @param listener is told
     */
    public void onStorage(StorageListener listener) {
        trouble.add(listener);
    }

    /**
     * How this writer is now.
     *
     * @return a snapshot
     */
    public JournalStatus status() {
        Optional<String> failed = Optional.ofNullable(failure.get());
        Optional<String> stalled = closed.get() ? Optional.empty() : trouble.why();
        JournalStatus.State state = failed.isPresent()
                ? JournalStatus.State.FAILED
                : closed.get()
                        ? JournalStatus.State.CLOSED
                        : stalled.isPresent() ? JournalStatus.State.STALLED : JournalStatus.State.RUNNING;
        return new JournalStatus(
                subscription,
                state,
                failed.or(() -> stalled),
                durability.text(),
                epoch,
                intake.lastSequence(),
                progress.durableSequence(),
                progress.mark().visible(),
                intake.pendingBytes(),
                intake.pauses(),
                intake.pausedTime(),
                barriers.now(),
                events.now(),
                reserveBytes);
    }

    /**
     * How the run before this one ended.
     *
     * @return empty in a new journal
     */
    public Optional<LastRun> lastRun() {
        return Optional.ofNullable(lastRun);
    }

    /**
     * The highest connection number that earlier runs used.
     *
     * @return 0 if none
     */
    public long lastConnection() {
        return lastConnection;
    }

    /**
     * A reader of this journal that is woken without a detour over the file system.
     *
     * @return a reader, to be closed by the caller; it stays usable until this writer is closed, and from then on sees no more
     */
    public JournalReader reader() {
        return new FileJournalReader(journal, subscription, progress.visibility());
    }

    /** Writes what was taken in, then a CLOSED entry, brings both to the disk and lets go of the journal. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        // Whatever throws, the lock goes last: while a thread of ours may still write, nobody else must.
        try {
            try {
                if (failure.get() == null) {
                    note(StoredKind.CLOSED, "{\"epoch\":" + epoch + "}");
                }
            } finally {
                stop();
            }
        } catch (IOException e) {
            throw new JournalException("Cannot close the journal " + journal + ": " + Problems.text(e), e);
        } finally {
            release(lock);
        }
    }

    /** When this returns or throws, both threads have ended. */
    private void stop() throws IOException {
        intake.close("The journal " + journal + " is closed");
        if (indexerThread.getState() == Thread.State.NEW) {
            progress.end(); // nobody indexes, so the writer must not wait for it
        }
        joinUninterruptibly(writerThread);
        joinUninterruptibly(indexerThread);
        progress.close();
    }

    static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(StoredKind kind, String json) {
        ByteBuffer payload = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
        intake.append(kind, 0, Times.nanos(clock.instant()), 0, payload);
    }

    /** Where descriptors or memory have run out, the words may not be found; nobody is left waiting for all that. */
    private void fail(Throwable cause) {
        try {
            String why = "The journal " + journal + " failed and takes no more: " + Problems.text(cause)
                    + ". Mend the disk, then start again; nothing acknowledged is lost.";
            if (failure.compareAndSet(null, why)) {
                log.error("{}", why, cause);
            }
        } finally {
            failure.compareAndSet(null, failedWithoutWords);
            intake.refuse(failureText());
            progress.end();
            loop.opened().completeExceptionally(cause);
        }
    }

    private String failureText() {
        String why = failure.get();
        return why == null ? "The journal " + journal + " failed" : why;
    }

    private static void release(OwnerLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new JournalException("Cannot let go of a journal's lock: " + Problems.text(e), e);
        }
    }
}
