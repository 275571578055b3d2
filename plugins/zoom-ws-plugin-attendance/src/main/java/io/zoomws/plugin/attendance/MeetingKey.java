package io.zoomws.plugin.attendance;

import java.util.Comparator;

/**
 * One instance of a meeting.
 *
 * @param account empty if the events name none
 * @param uuid of the instance; {@code id:} and the meeting id where the events carry no uuid
 */
record MeetingKey(String account, String uuid) implements Comparable<MeetingKey> {

    private static final Comparator<MeetingKey> ORDER =
            Comparator.comparing(MeetingKey::account).thenComparing(MeetingKey::uuid);

    @Override
    public int compareTo(MeetingKey other) {
        return ORDER.compare(this, other);
    }
}
