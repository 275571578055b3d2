package io.zoomws.server.doctor;

import io.zoomws.auth.OAuthClient;
import io.zoomws.auth.Proxy;
import io.zoomws.auth.TokenProbe;
import io.zoomws.auth.TokenReport;
import io.zoomws.auth.Transport;
import io.zoomws.auth.WayProbe;
import io.zoomws.journal.Journals;
import io.zoomws.server.config.Settings;
import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The steps of one subscription, from its directory to its first event. A step whose precondition failed is skipped. */
final class SubscriptionWalk {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    private static final List<Step> NEEDED_TO_CONNECT =
            List.of(Step.JAVA, Step.DISK, Step.PERMISSIONS, Step.SERVER, Step.EVENT_ENDPOINT, Step.TOKEN);

    private final Settings settings;
    private final Settings.Subscription subscription;
    private final Plan plan;
    private final Surroundings around;
    private final Consumer<Finding> told;
    private final Transport transport;
    private final Endpoint tokens;
    private final Endpoint events;
    private final Map<Step, Verdict> verdicts = new EnumMap<>(Step.class);

    /**
     * A walk that has not begun.
     *
     * @param before what was found of the machine
     */
    SubscriptionWalk(
            Settings settings,
            Settings.Subscription subscription,
            Plan plan,
            Surroundings around,
            Map<Step, Verdict> before,
            Consumer<Finding> told) {
        this.settings = settings;
        this.subscription = subscription;
        this.plan = plan;
        this.around = around;
        this.told = told;
        this.transport = settings.connection().transport();
        this.tokens = Endpoint.of(subscription.tokenUrl());
        this.events = Endpoint.of(subscription.webSocketUrl());
        verdicts.putAll(before);
    }

    void walk() throws InterruptedException {
        say(Step.PERMISSIONS, this::permissions);
        say(Step.SERVER, this::server);
        reach();
        token();
        say(Step.SUBSCRIPTION, () -> SubscriptionCheck.judge(subscription.subscriptionId()));
        connect();
    }

    private Verdict permissions() {
        Path directory = settings.data().resolve(subscription.name());
        try {
            return PermissionsCheck.judge(PermissionsCheck.Facts.of(directory));
        } catch (IOException e) {
            return Verdict.failure(
                    directory + " cannot be looked at: " + e.getClass().getSimpleName(), "look at its file system");
        }
    }

    private Verdict server() {
        try {
            Optional<String> holder = Journals.holder(settings.data(), subscription.name());
            // A directory that may not be entered looks as if there were no journal in it.
            return holder.isEmpty() && !lets(Step.PERMISSIONS)
                    ? Verdict.skipped("cannot be seen without the step permissions")
                    : HolderCheck.judge(holder, plan.connect());
        } catch (JournalException e) {
            return Verdict.skipped(String.valueOf(e.getMessage()));
        }
    }

    private void reach() {
        Optional<Proxy> proxy = transport.proxy();
        WayProbe probe = new WayProbe(transport, TIME_LIMIT);
        if (proxy.isPresent()) {
            say(Step.DNS, () -> Verdict.skipped("the proxy looks up the names"));
            say(Step.PROXY, () -> ProxyCheck.judge(proxy.get(), tokens, Way.go(probe, tokens, false)));
            reach(Step.TOKEN_ENDPOINT, tokens, probe, lets(Step.PROXY), "needs the proxy");
            reach(Step.EVENT_ENDPOINT, events, probe, lets(Step.PROXY), "needs the proxy");
            return;
        }
        NamesCheck.Facts names = around.stop().getAsBoolean()
                ? new NamesCheck.Facts(Map.of())
                : NamesCheck.Facts.lookUp(
                        Stream.of(tokens.host(), events.host()).distinct().toList());
        say(Step.DNS, () -> NamesCheck.judge(names));
        say(Step.PROXY, () -> ProxyCheck.none(around.proxyVariable()));
        reach(Step.TOKEN_ENDPOINT, tokens, probe, names.knows(tokens.host()), "needs the name of the host");
        reach(Step.EVENT_ENDPOINT, events, probe, names.knows(events.host()), "needs the name of the host");
    }

    private void reach(Step step, Endpoint to, WayProbe probe, boolean possible, String precondition) {
        say(
                step,
                () -> possible
                        ? EndpointCheck.judge(
                                to,
                                Way.go(probe, to, to.encrypted()),
                                around.clock().instant())
                        : Verdict.skipped(precondition));
    }

    private void token() {
        if (!lets(Step.TOKEN_ENDPOINT) || around.stop().getAsBoolean()) {
            say(Step.TOKEN, () -> Verdict.skipped("needs the token endpoint"));
            say(Step.CLOCK, () -> ClockCheck.untold(around.clock().instant()));
            return;
        }
        OAuthClient client = new OAuthClient(
                subscription.tokenUrl(),
                subscription.clientId(),
                subscription.clientSecret(),
                subscription.accountId());
        TokenReport report = new TokenProbe(client, transport, around.clock()).ask();
        tell(
                Step.TOKEN,
                TokenCheck.judge(report.outcome(), subscription.accountId().isPresent()));
        tell(Step.CLOCK, ClockCheck.judge(report));
    }

    private void connect() throws InterruptedException {
        if (!plan.connect()) {
            skipTrial("only with --connect: it takes the subscription from whoever has it, and journals what comes");
            return;
        }
        Optional<Step> missing =
                NEEDED_TO_CONNECT.stream().filter(step -> !lets(step)).findFirst();
        if (missing.isPresent() || around.stop().getAsBoolean()) {
            skipTrial("needs the step " + missing.map(Step::label).orElse(""));
        } else {
            new TrialWalk(settings, plan.patience(), this::tell).walk(subscription, around);
        }
    }

    private void skipTrial(String why) {
        say(Step.BUILD_CONNECTION, () -> Verdict.skipped(why));
        say(Step.HEARTBEAT, () -> TrialWalk.NO_CONNECTION);
        say(Step.FIRST_EVENT, () -> TrialWalk.NO_CONNECTION);
    }

    private boolean lets(Step step) {
        Verdict verdict = verdicts.get(step);
        return verdict != null && verdict.lets();
    }

    /** Tries a step, unless the user has had enough: some of them wait for somebody who does not answer. */
    private void say(Step step, Supplier<Verdict> verdict) {
        tell(step, around.stop().getAsBoolean() ? Verdict.skipped("stopped before it") : verdict.get());
    }

    private void tell(Step step, Verdict verdict) {
        verdicts.put(step, verdict);
        told.accept(new Finding(step, Optional.of(subscription.name()), verdict));
    }
}
