package io.zoomws.server.http;

import io.javalin.http.Context;
import io.zoomws.server.gaps.GapLedger;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers {@code /api/v1/gaps?subscription=NAME&from=SEQUENCE&limit=N}. */
final class Gaps {

    private static final int STANDARD_LIMIT = 100;
    private static final int HIGHEST_LIMIT = 1000;

    private final Map<String, GapLedger> ledgers;
    private final InstantSource clock;

    Gaps(Map<String, GapLedger> ledgers, InstantSource clock) {
        this.ledgers = new TreeMap<>(ledgers);
        this.clock = clock;
    }

    byte[] answer(Context request) {
        String name = subscription(request.queryParam("subscription"));
        GapLedger ledger = ledgers.get(name);
        if (ledger == null) {
            throw new ProblemException(Problem.notFound("there is no such subscription, only: " + names()));
        }
        long from = number(request.queryParam("from"), "from", 1, Long.MAX_VALUE);
        int limit = (int) number(request.queryParam("limit"), "limit", STANDARD_LIMIT, HIGHEST_LIMIT);
        return StatusJson.gaps(name, ledger.page(from, limit), ledger.summary(), clock.instant());
    }

    private String subscription(@Nullable String named) {
        if (named != null) {
            return named;
        }
        if (ledgers.size() == 1) {
            return ledgers.keySet().iterator().next();
        }
        throw new ProblemException(
                Problem.badRequest("there are several subscriptions: choose one with ?subscription=, of: " + names()));
    }

    private String names() {
        return String.join(", ", ledgers.keySet());
    }

    private static long number(@Nullable String text, String name, long standard, long highest) {
        if (text == null) {
            return standard;
        }
        try {
            long number = text.matches("\\d{1,19}") ? Long.parseLong(text) : 0;
            if (number >= 1 && number <= highest) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new ProblemException(range(name, highest));
        }
        throw new ProblemException(range(name, highest));
    }

    private static Problem range(String name, long highest) {
        return Problem.badRequest(name + " must be a number from 1 to " + highest);
    }
}
