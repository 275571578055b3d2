package io.zoomws.plugin.attendance;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Brings new facts into the tables: adds them to those of their meetings, and derives the rows of these meetings from all facts
 * again. A fact that is there already changes nothing. Works in the transaction of the connection it is given.
 */
final class Projection {

    private final FactTable facts;
    private final MeetingTable meetings;
    private final VisitTable visits;

    Projection(String subscription) {
        this.facts = new FactTable(subscription);
        this.meetings = new MeetingTable(subscription);
        this.visits = new VisitTable(subscription);
    }

    void add(Connection connection, List<Fact> news) throws SQLException {
        SortedMap<MeetingKey, List<Fact>> byMeeting = new TreeMap<>();
        for (Fact fact : news) {
            byMeeting.computeIfAbsent(fact.meeting(), key -> new ArrayList<>()).add(fact);
        }
        for (Map.Entry<MeetingKey, List<Fact>> meeting : byMeeting.entrySet()) {
            add(connection, meeting.getKey(), meeting.getValue());
        }
    }

    private void add(Connection connection, MeetingKey meeting, List<Fact> news) throws SQLException {
        Map<String, Fact> known = facts.read(connection, meeting);
        Map<String, Fact> all = new HashMap<>(known);
        news.forEach(fact -> all.merge(fact.eventId(), fact, Fact::earlier));
        facts.insert(
                connection,
                all.values().stream()
                        .filter(fact -> !known.containsKey(fact.eventId()))
                        .toList());
        facts.move(
                connection,
                all.values().stream().filter(fact -> isMoved(fact, known)).toList());
        Attendance attendance = Attendance.of(meeting, all.values());
        meetings.put(connection, attendance.meeting());
        visits.replace(connection, meeting, attendance.visits());
    }

    private static boolean isMoved(Fact fact, Map<String, Fact> known) {
        Fact before = known.get(fact.eventId());
        return before != null && !before.at().equals(fact.at());
    }
}
