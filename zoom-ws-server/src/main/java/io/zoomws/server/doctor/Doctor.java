package io.zoomws.server.doctor;

import io.zoomws.journal.JournalPlace;
import io.zoomws.server.config.Settings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Walks from this machine to Zoom as a support engineer would: the machine once, then each subscription, from what is near to
 * what is far. A step is told as soon as it is known, in the order of {@link Step}.
 */
public final class Doctor {

    private final Plan plan;
    private final Surroundings around;
    private final Consumer<Finding> told;
    private final Map<Step, Verdict> machine = new EnumMap<>(Step.class);

    /**
     * A doctor who has not begun.
     *
     * @param plan what to try
     * @param around what it has around it
     * @param told is told each step, on the thread that walks
     */
    public Doctor(Plan plan, Surroundings around, Consumer<Finding> told) {
        this.plan = plan;
        this.around = around;
        this.told = told;
    }

    /** Looks at the JVM, which needs no configuration. */
    public void examineJava() {
        say(Step.JAVA, JavaCheck.judge(JavaCheck.Facts.ofThisProcess()));
    }

    /**
     * Says that the configuration cannot be used, and so nothing else be tried.
     *
     * @param mistakes all of them, one a line
     */
    public void misconfigured(String mistakes) {
        say(Step.CONFIGURATION, Verdict.failure(mistakes, "mend each of them; the server would not start either"));
        for (Step step : Step.values()) {
            if (step.compareTo(Step.CONFIGURATION) > 0) {
                say(step, Verdict.skipped("needs the configuration"));
            }
        }
    }

    /**
     * Walks all that is left.
     *
     * @param settings of the server
     * @param notices what in the configuration is allowed and yet probably not meant, each with what to do
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void examine(Settings settings, List<String> notices) throws InterruptedException {
        say(Step.CONFIGURATION, ConfigurationCheck.judge(settings, notices));
        say(
                Step.PLUGINS,
                PluginsCheck.judge(
                        settings.plugins().size(), around.pluginMistakes().apply(settings)));
        say(Step.ALERT, AlertStep.walk(settings, plan.alert(), around.clock().instant()));
        say(Step.DISK, DiskCheck.judge(JournalPlace.of(settings.data(), settings.storage())));
        for (Settings.Subscription subscription : settings.subscriptions()) {
            if (plan.names(subscription.name())) {
                new SubscriptionWalk(settings, subscription, plan, around, machine, told).walk();
            }
        }
    }

    private void say(Step step, Verdict verdict) {
        machine.put(step, verdict);
        told.accept(new Finding(step, Optional.empty(), verdict));
    }
}
