package io.zoomws.server.gaps;

import io.zoomws.journal.OpenGap;
import io.zoomws.server.StopRequest;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one journal from its beginning, and then whatever comes, on a thread of its own, and keeps a {@link GapLedger} current.
 * What it cannot read it tries again later; whoever asks the ledger is told that it is not complete.
 */
public final class GapFollower implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GapFollower.class);

    /** The journal wakes us when something comes; this only bounds how late we notice that we are to stop. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

    /** Gaps, and what tells that a connection began or ended. */
    private static final Set<EntryKind> LINK_KINDS = EnumSet.of(
            EntryKind.CONNECTED,
            EntryKind.DISCONNECTED,
            EntryKind.GAP,
            EntryKind.OPENED,
            EntryKind.CLOSED,
            EntryKind.QUARANTINE);

    /** With odd frames for the onlooker. Events, by far the most, are not even read. */
    private static final Set<EntryKind> KINDS = EnumSet.complementOf(EnumSet.of(EntryKind.EVENT));

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final JournalReader reader;
    private final Supplier<Optional<OpenGap>> openGap;
    private final GapLedger ledger;
    private final Consumer<? super Entry> onlooker;
    private final StopRequest stop = new StopRequest();
    private final Thread thread;
    private long next = 1; // confined to the thread
    private long failedAt; // confined to the thread

    private GapFollower(
            JournalReader reader,
            Supplier<Optional<OpenGap>> openGap,
            GapLedger ledger,
            Consumer<? super Entry> onlooker) {
        this.onlooker = onlooker;
        this.reader = reader;
        this.openGap = openGap;
        this.ledger = ledger;
        this.thread = new Thread(this::run, "gaps " + reader.subscription());
        thread.setDaemon(true);
    }

    /**
     * Begins to follow.
     *
     * @param reader of the journal; closed by the caller, after this was closed
     * @param openGap looks for the gap that is open at the end of that journal; asked when the connection changed
     * @param ledger to be kept current
     * @param onlooker shown each entry but events as well, on the follower's thread, once the ledger has it
     * @return following
     */
    public static GapFollower start(
            JournalReader reader,
            Supplier<Optional<OpenGap>> openGap,
            GapLedger ledger,
            Consumer<? super Entry> onlooker) {
        GapFollower follower = new GapFollower(reader, openGap, ledger, onlooker);
        follower.thread.start();
        return follower;
    }

    private void run() {
        try {
            while (!stop.isRequested()) {
                try (Tailer tailer = reader.tail(next, KINDS, EventFilter.all())) {
                    follow(tailer);
                } catch (JournalException e) {
                    ledger.interrupted();
                    logOnce(e);
                    stop.await(AFTER_FAILURE);
                }
            }
        } catch (InterruptedException e) {
            ledger.interrupted();
            log.error("the gaps of {} are counted no more: somebody interrupted the thread", reader.subscription());
        } catch (RuntimeException | Error e) {
            ledger.interrupted();
            log.error("the gaps of {} are counted no more: this is a bug of the server", reader.subscription(), e);
        }
    }

    private void follow(Tailer tailer) throws InterruptedException {
        boolean changed = true;
        while (!stop.isRequested()) {
            Entry entry = tailer.poll();
            if (entry == null && tailer.position() == next) {
                if (changed) {
                    ledger.caughtUp(openGap.get());
                    changed = false;
                }
                entry = tailer.poll(LONGEST_WAIT);
            }
            if (entry != null) {
                ledger.add(entry);
                onlooker.accept(entry);
                changed |= LINK_KINDS.contains(entry.kind());
            }
            next = tailer.position();
            ledger.passed(next);
        }
    }

    private void logOnce(JournalException e) {
        if (failedAt != next) {
            failedAt = next;
            log.error(
                    "the gaps of {} are not counted beyond sequence {}: {}; tried again every {} s",
                    reader.subscription(),
                    next - 1,
                    e.getMessage(),
                    AFTER_FAILURE.toSeconds());
        }
    }

    /** Ends the thread, within a moment, and waits for that. */
    @Override
    public void close() {
        stop.requestAndAwait(thread);
    }
}
