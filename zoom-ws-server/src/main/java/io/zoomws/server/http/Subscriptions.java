package io.zoomws.server.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the subscription that a request means. */
final class Subscriptions {

    private final Map<String, HttpSources.Subscription> byName = new TreeMap<>();

    Subscriptions(List<HttpSources.Subscription> all) {
        all.forEach(subscription -> byName.put(subscription.name(), subscription));
    }

    /** Those that there are, by name. */
    List<HttpSources.Subscription> all() {
        return List.copyOf(byName.values());
    }

    /**
     * The one of a name, or the only one.
     *
     * @param named what the request says; empty: nothing
     * @throws ProblemException if there is none, or if there are several and none is named
     */
    HttpSources.Subscription choose(Optional<String> named) {
        String names = String.join(", ", byName.keySet());
        if (named.isEmpty() && byName.size() != 1) {
            throw new ProblemException(Problem.badRequest(
                    "there are several subscriptions: choose one with ?subscription=, of: " + names));
        }
        HttpSources.Subscription chosen =
                byName.get(named.orElseGet(() -> byName.keySet().iterator().next()));
        if (chosen == null) {
            throw new ProblemException(Problem.notFound("there is no such subscription, only: " + names));
        }
        return chosen;
    }
}
