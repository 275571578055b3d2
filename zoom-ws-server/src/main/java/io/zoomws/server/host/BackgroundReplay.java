package io.zoomws.server.host;

import io.zoomws.server.delivery.Replay;
import io.zoomws.server.delivery.ReplayRecord;
import io.zoomws.server.delivery.ReplayWatcher;
import io.zoomws.server.delivery.Replays;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A replay within the server, on threads of its own. When it ends, it lets go of plugin, reader and replay, which are its own. */
final class BackgroundReplay {

    private static final Logger log = LoggerFactory.getLogger(BackgroundReplay.class);

    /** Before it is interrupted; and again before its thread is left to itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final ReplayWatcher NOBODY = new ReplayWatcher() {
        @Override
        public void at(long next, long handled, long parked) {
            // The cursor and the record say so as well.
        }

        @Override
        public void waiting(Duration left) {
            // It is as fast as it can be.
        }
    };

    private final Plugin plugin;
    private final JournalReader reader;
    private final Replays.Hold hold;
    private final ReplayRecord record;
    private final Replay replay;
    private final Thread thread;

    BackgroundReplay(
            PluginHost.Place place, Plugin plugin, JournalReader reader, Replays.Hold hold, ReplayRecord record) {
        this.plugin = plugin;
        this.reader = reader;
        this.hold = hold;
        this.record = record;
        this.replay = new Replay(
                plugin,
                hold.services(
                        place.journal().subscription(), reader, place.plugin().settings()),
                place.plugin().orderBy(),
                hold);
        this.thread = new Thread(this::run, "replay " + record.name() + " keeper");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean hasEnded() {
        return !thread.isAlive();
    }

    private void run() {
        try {
            log.info("{} begins: sequence {} to {}", record.name(), record.from(), record.to() - 1);
            Replay.Result result = replay.run(NOBODY);
            ReplayRecord.Done done = result.record().done();
            log.info(
                    "{} {} before sequence {}: {} events handled, {} gaps, {} parked{}",
                    record.name(),
                    result.isComplete() ? "is done" : "was stopped",
                    result.next(),
                    done.handled(),
                    done.gaps(),
                    done.parked(),
                    result.isComplete() ? "" : "; 'zoom-ws replay --resume --as " + record.name() + "' goes on");
        } catch (PluginException | JournalException e) {
            log.error("{} ended early: {}", record.name(), e.getMessage());
            hold.forgetIfNothingWasDone();
        } catch (RuntimeException e) {
            log.error("{} ended early: this is a bug of the server", record.name(), e);
        } finally {
            letGo();
        }
    }

    /** Undoes that it was begun, if it is not to run after all. */
    void forget() {
        hold.forgetIfNothingWasDone();
        letGo();
    }

    private void letGo() {
        hold.close();
        reader.close();
        plugin.close();
    }

    /** Ends it after the entry it is busy with; waits for that, but not for long. */
    void stop() {
        try {
            replay.stop(PATIENCE);
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
