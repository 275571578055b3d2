package io.zoomws.server.delivery;

import io.zoomws.spi.EventFilter;
import io.zoomws.spi.ZoomEvent;
import java.util.Set;

/**
 * Which events are delivered.
 *
 * @param types by their type
 * @param accounts ids of the accounts they happened in; empty: all, those of no account included
 */
public record EventChoice(EventFilter types, Set<String> accounts) {

    /** Every event. */
    public static final EventChoice ALL = new EventChoice(EventFilter.all(), Set.of());

    /** Takes a copy of the set. */
    public EventChoice {
        accounts = Set.copyOf(accounts);
    }

    /**
     * Events of some types, of all accounts.
     *
     * @param types by their type
     * @return the choice
     */
    public static EventChoice of(EventFilter types) {
        return new EventChoice(types, Set.of());
    }

    /** Whether an event whose type is chosen is of a chosen account. Parses the event if there is a choice. */
    boolean hasAccountOf(ZoomEvent event) {
        return accounts.isEmpty() || event.accountId().map(accounts::contains).orElse(false);
    }
}
