package io.zoomws.server.http;

import io.javalin.http.Context;
import io.zoomws.server.gaps.GapLedger;
import java.time.InstantSource;
import java.util.List;

/** Answers {@code /api/v1/gaps?subscription=NAME&from=SEQUENCE&limit=N}. */
final class Gaps {

    static final List<String> PARAMETERS = List.of("subscription", "from", "limit");

    private static final int STANDARD_LIMIT = 100;
    private static final int HIGHEST_LIMIT = 1000;

    private final Subscriptions subscriptions;
    private final InstantSource clock;

    Gaps(Subscriptions subscriptions, InstantSource clock) {
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    byte[] answer(Context request) {
        Parameters parameters = new Parameters(request);
        HttpSources.Subscription subscription = subscriptions.choose(parameters.text("subscription"));
        long from = parameters.number("from", 1, Long.MAX_VALUE);
        int limit = (int) parameters.number("limit", STANDARD_LIMIT, HIGHEST_LIMIT);
        GapLedger ledger = subscription.ledger();
        return StatusJson.gaps(subscription.name(), ledger.page(from, limit), ledger.summary(), clock.instant());
    }
}
