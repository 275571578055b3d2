package io.zoomws.server.doctor;

import io.zoomws.server.config.Settings;
import io.zoomws.spi.JournalException;
import java.time.Duration;
import java.util.function.BiConsumer;

/** The steps on a connection of our own: confirmed, answered, events. A step needs the one before it. */
final class TrialWalk {

    private static final Verdict NO_CONNECTION = Verdict.skipped("needs a confirmed connection");

    private final Settings.Connection way;
    private final Duration wait;
    private final BiConsumer<Step, Verdict> told;

    TrialWalk(Settings.Connection way, Duration wait, BiConsumer<Step, Verdict> told) {
        this.way = way;
        this.wait = wait;
        this.told = told;
    }

    /** Says of all steps that they were not tried. */
    static void skip(BiConsumer<Step, Verdict> told, String why) {
        told.accept(Step.BUILD_CONNECTION, Verdict.skipped(why));
        told.accept(Step.HEARTBEAT, NO_CONNECTION);
        told.accept(Step.FIRST_EVENT, NO_CONNECTION);
    }

    void walk(Settings.Subscription subscription, Surroundings around) throws InterruptedException {
        try (Trial trial = around.starter().start(subscription)) {
            walk(new TrialRun(trial, around.stop(), System::nanoTime));
        } catch (JournalException e) {
            told.accept(
                    Step.BUILD_CONNECTION,
                    Verdict.failure(
                            String.valueOf(e.getMessage()),
                            "nothing can be received while the journal cannot be written"));
            told.accept(Step.HEARTBEAT, NO_CONNECTION);
            told.accept(Step.FIRST_EVENT, NO_CONNECTION);
        }
    }

    private void walk(TrialRun run) throws InterruptedException {
        // A token, a socket and the confirmation, and all of that again if the first token is refused.
        Duration twice = way.connectTimeout().multipliedBy(2);
        Verdict confirmed =
                BuildConnectionCheck.judge(run.await(BuildConnectionCheck::isDecided, twice.plusSeconds(10)));
        told.accept(Step.BUILD_CONNECTION, confirmed);
        if (!confirmed.lets()) {
            told.accept(Step.HEARTBEAT, NO_CONNECTION);
            told.accept(Step.FIRST_EVENT, NO_CONNECTION);
            return;
        }
        run.forgetEnds();
        Duration silence = way.heartbeatTimeout().plusSeconds(1);
        Verdict answered = HeartbeatCheck.judge(run.await(HeartbeatCheck::isDecided, silence));
        told.accept(Step.HEARTBEAT, answered);
        told.accept(
                Step.FIRST_EVENT,
                answered.lets()
                        ? FirstEventCheck.judge(run.await(FirstEventCheck::isDecided, wait))
                        : Verdict.skipped("needs a connection that answers"));
    }
}
