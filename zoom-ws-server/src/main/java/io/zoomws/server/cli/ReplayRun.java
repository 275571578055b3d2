package io.zoomws.server.cli;

import io.zoomws.server.StopRequest;
import io.zoomws.server.delivery.Replay;
import io.zoomws.server.delivery.ReplayRecord;
import io.zoomws.server.delivery.Replays;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import java.io.IOException;
import java.time.Duration;

/** Runs a replay that is begun, until it is done or the command is to end. */
final class ReplayRun {

    private static final Duration UNTIL_INTERRUPT = Duration.ofSeconds(3);

    private final JournalOptions.Choice journal;
    private final ReplayTarget target;
    private final Streams streams;
    private final StopRequest stop;
    private final TableFormat format;

    ReplayRun(
            JournalOptions.Choice journal, ReplayTarget target, Streams streams, StopRequest stop, TableFormat format) {
        this.journal = journal;
        this.target = target;
        this.streams = streams;
        this.stop = stop;
        this.format = format;
    }

    /** Runs it and answers the exit status. */
    int run(Replays.Hold hold, JournalReader reader) throws PluginException, IOException {
        ReplayRecord record = hold.record().orElseThrow();
        long begin = hold.position().orElse(record.from());
        long begun = System.nanoTime();
        ReplayProgress progress = new ReplayProgress(
                ProgressLine.everywhere(streams.messages()), System::nanoTime, record.from(), record.to(), begin);
        Replay replay = new Replay(
                target.plugin(),
                hold.services(journal.subscription(), reader, target.settings()),
                target.orderBy(),
                hold);
        Thread stopper = stopOnRequest(replay);
        Replay.Result result;
        try {
            result = replay.run(progress);
        } catch (PluginException | JournalException e) {
            progress.end();
            tellInterrupted(hold, record);
            throw e;
        } finally {
            stopper.interrupt();
            target.plugin().close();
        }
        progress.end();
        print(result, Duration.ofNanos(System.nanoTime() - begun));
        if (result.isComplete()) {
            ReplayOutput.printParked(hold.parked().entries(), streams.messages());
        }
        boolean allHandled = result.isComplete() && result.record().done().parked() == 0;
        return allHandled ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    /** The answer to a replay of a range in which there is nothing. */
    int nothing(ReplayRecord record) throws IOException {
        print(new Replay.Result(record, record.to()), Duration.ZERO);
        return ExitStatus.DONE;
    }

    private void print(Replay.Result result, Duration took) throws IOException {
        switch (format) {
            case text -> ReplayOutput.printText(result, streams.messages());
            case json -> ReplayOutput.printJson(result, journal.subscription(), took, streams.data());
        }
    }

    private void tellInterrupted(Replays.Hold hold, ReplayRecord record) {
        long position = hold.position().orElse(record.from());
        if (!hold.forgetIfNothingWasDone()) {
            streams.messages()
                    .println("stopped before sequence " + position + "; to go on: " + ReplayOutput.resume(record));
        }
    }

    private Thread stopOnRequest(Replay replay) {
        Thread stopper = new Thread(
                () -> {
                    try {
                        stop.await();
                        replay.stop(UNTIL_INTERRUPT);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "replay stopper");
        stopper.setDaemon(true);
        stopper.start();
        return stopper;
    }
}
