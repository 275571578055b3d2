package io.zoomws.server.doctor;

import io.zoomws.auth.OAuthClient;
import io.zoomws.auth.Proxy;
import io.zoomws.auth.TokenProbe;
import io.zoomws.auth.TokenReport;
import io.zoomws.auth.Transport;
import io.zoomws.auth.WayProbe;
import io.zoomws.journal.Journals;
import io.zoomws.server.config.Settings;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The steps of one subscription, from its directory to its first event. A step whose precondition failed is skipped. */
final class SubscriptionWalk {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

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
        say(
                Step.PERMISSIONS,
                PermissionsCheck.judge(PermissionsCheck.Facts.of(settings.data().resolve(subscription.name()))));
        say(Step.SERVER, HolderCheck.judge(Journals.holder(settings.data(), subscription.name()), plan.connect()));
        reach();
        token();
        say(Step.SUBSCRIPTION, SubscriptionCheck.judge(subscription.subscriptionId()));
        connect();
    }

    private void reach() {
        Optional<Proxy> proxy = transport.proxy();
        WayProbe probe = new WayProbe(transport, TIME_LIMIT);
        if (proxy.isPresent()) {
            say(Step.DNS, Verdict.skipped("the proxy looks up the names"));
            say(Step.PROXY, ProxyCheck.judge(proxy.get(), tokens, Way.go(probe, tokens, false)));
            reach(Step.TOKEN_ENDPOINT, tokens, probe, lets(Step.PROXY), "needs the proxy");
            reach(Step.EVENT_ENDPOINT, events, probe, lets(Step.PROXY), "needs the proxy");
            return;
        }
        NamesCheck.Facts names = NamesCheck.Facts.lookUp(
                Stream.of(tokens.host(), events.host()).distinct().toList());
        say(Step.DNS, NamesCheck.judge(names));
        say(Step.PROXY, ProxyCheck.none(around.proxyVariable()));
        reach(Step.TOKEN_ENDPOINT, tokens, probe, names.knows(tokens.host()), "needs the name of the host");
        reach(Step.EVENT_ENDPOINT, events, probe, names.knows(events.host()), "needs the name of the host");
    }

    private void reach(Step step, Endpoint to, WayProbe probe, boolean possible, String precondition) {
        say(
                step,
                possible
                        ? EndpointCheck.judge(
                                to,
                                Way.go(probe, to, to.encrypted()),
                                around.clock().instant())
                        : Verdict.skipped(precondition));
    }

    private void token() {
        if (!lets(Step.TOKEN_ENDPOINT)) {
            say(Step.TOKEN, Verdict.skipped("needs the token endpoint"));
            say(Step.CLOCK, Verdict.skipped("needs an answer of the token endpoint"));
            return;
        }
        OAuthClient client = new OAuthClient(
                subscription.tokenUrl(),
                subscription.clientId(),
                subscription.clientSecret(),
                subscription.accountId());
        TokenReport report = new TokenProbe(client, transport, around.clock()).ask();
        say(
                Step.TOKEN,
                TokenCheck.judge(report.outcome(), subscription.accountId().isPresent()));
        say(Step.CLOCK, ClockCheck.judge(report));
    }

    private void connect() throws InterruptedException {
        Optional<Step> missing = Stream.of(
                        Step.JAVA, Step.DISK, Step.PERMISSIONS, Step.SERVER, Step.EVENT_ENDPOINT, Step.TOKEN)
                .filter(step -> !lets(step))
                .findFirst();
        if (!plan.connect()) {
            TrialWalk.skip(
                    this::say,
                    "only with --connect: it takes the subscription from whoever has it, and journals what comes");
        } else if (missing.isPresent()) {
            TrialWalk.skip(this::say, "needs the step " + missing.get().label());
        } else {
            new TrialWalk(settings.connection(), plan.patience(), this::say).walk(subscription, around);
        }
    }

    private boolean lets(Step step) {
        Verdict verdict = verdicts.get(step);
        return verdict != null && verdict.lets();
    }

    private void say(Step step, Verdict verdict) {
        verdicts.put(step, verdict);
        told.accept(new Finding(step, Optional.of(subscription.name()), verdict));
    }
}
