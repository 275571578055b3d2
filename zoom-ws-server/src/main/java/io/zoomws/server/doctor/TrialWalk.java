package io.zoomws.server.doctor;

import io.zoomws.server.config.Settings;
import io.zoomws.spi.JournalException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** The steps on a connection of our own: confirmed, answered, events. A step needs the one before it. */
final class TrialWalk {

    static final Verdict NO_CONNECTION = Verdict.skipped("needs a confirmed connection");

    private final Settings settings;
    private final Duration wait;
    private final BiConsumer<Step, Verdict> told;
    private final Set<Step> left = EnumSet.of(Step.BUILD_CONNECTION, Step.HEARTBEAT, Step.FIRST_EVENT);

    TrialWalk(Settings settings, Duration wait, BiConsumer<Step, Verdict> told) {
        this.settings = settings;
        this.wait = wait;
        this.told = told;
    }

    /**
     * Walks them all.
     *
     * @throws JournalException if the journal fails when there is no step left to say so
     */
    void walk(Settings.Subscription subscription, Surroundings around) throws InterruptedException {
        try (Trial trial = around.starter().start(settings, subscription)) {
            walk(new TrialRun(trial, around.stop(), System::nanoTime));
        } catch (JournalException e) {
            if (left.isEmpty()) {
                throw e;
            }
            say(
                    left.iterator().next(),
                    Verdict.failure(
                            String.valueOf(e.getMessage()),
                            "nothing can be received while the journal cannot be written"));
            skipRest("needs a journal that can be written");
        }
    }

    private void walk(TrialRun run) throws InterruptedException {
        Settings.Connection way = settings.connection();
        // A token, a socket and the confirmation, and all of that again if the first token is refused.
        Duration twice = way.connectTimeout().multipliedBy(2);
        Verdict confirmed =
                BuildConnectionCheck.judge(run.await(BuildConnectionCheck::isDecided, twice.plusSeconds(10)));
        say(Step.BUILD_CONNECTION, confirmed);
        if (!confirmed.lets()) {
            skipRest(NO_CONNECTION.text());
            return;
        }
        run.forgetEnds();
        Duration silence = way.heartbeatTimeout().plusSeconds(1);
        Verdict answered = HeartbeatCheck.judge(run.await(HeartbeatCheck::isDecided, silence));
        say(Step.HEARTBEAT, answered);
        if (!answered.lets()) {
            skipRest("needs a connection that answers");
            return;
        }
        say(Step.FIRST_EVENT, FirstEventCheck.judge(run.await(FirstEventCheck::isDecided, wait)));
    }

    private void skipRest(String why) {
        for (Step step : List.copyOf(left)) { // in their order
            say(step, Verdict.skipped(why));
        }
    }

    private void say(Step step, Verdict verdict) {
        left.remove(step);
        told.accept(step, verdict);
    }
}
