package io.zoomws.plugin.attendance;

import java.util.Comparator;
import java.util.Locale;

/**
 * Who somebody is, by the best that an event offers.
 *
 * @param kind what sort of id it is
 * @param id the id itself
 */
record Person(Kind kind, String id) implements Comparable<Person> {

    private static final Comparator<Person> ORDER =
            Comparator.comparing(Person::kind).thenComparing(Person::id);

    /** From the surest to the least: guests have no Zoom user, and often no address. */
    enum Kind {
        /** A Zoom user: the same in every meeting. */
        USER,
        /** Somebody who registered: the same however often they come back. */
        REGISTRANT,
        EMAIL,
        /** The key that an application of the SDK gave. */
        CUSTOMER,
        /** {@code participant_uuid}: until they leave. */
        PARTICIPANT,
        /** {@code user_id}: until they go to another room. */
        CONNECTION,
        NAME,
        /** Events that name nobody at all. */
        UNKNOWN
    }

    /** For a column: the kind in lower case, a colon, the id. */
    String text() {
        return kind.name().toLowerCase(Locale.ROOT) + ":" + id;
    }

    /** The reverse of {@link #text()}. */
    static Person parse(String text) {
        int colon = text.indexOf(':');
        return new Person(Kind.valueOf(text.substring(0, colon).toUpperCase(Locale.ROOT)), text.substring(colon + 1));
    }

    @Override
    public int compareTo(Person other) {
        return ORDER.compare(this, other);
    }
}
