package io.zoomws.plugin.attendance;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The facts of one subscription. */
final class FactTable {

    private static final String OF_MEETING = " WHERE subscription = ? AND account = ? AND meeting = ?";

    private final String subscription;

    FactTable(String subscription) {
        this.subscription = subscription;
    }

    /** All facts of a meeting by event id. */
    Map<String, Fact> read(Connection connection, MeetingKey meeting) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM attendance_fact" + OF_MEETING)) {
            new Columns(select).key(subscription, meeting);
            try (ResultSet rows = select.executeQuery()) {
                Map<String, Fact> facts = new HashMap<>();
                while (rows.next()) {
                    Fact fact = fact(rows, meeting);
                    facts.put(fact.eventId(), fact);
                }
                return facts;
            }
        }
    }

    private static Fact fact(ResultSet row, MeetingKey meeting) throws SQLException {
        String person = row.getString("person");
        return new Fact(
                row.getString("event_id"),
                meeting,
                Fact.Kind.labelled(row.getString("kind")),
                Objects.requireNonNull(Columns.time(row, "happened_at"), "happened_at"),
                Columns.time(row, "started_at"),
                row.getString("meeting_id"),
                row.getString("topic"),
                row.getString("host_id"),
                row.getString("user_id"),
                row.getString("device"),
                person == null ? null : Person.parse(person),
                row.getString("name"),
                row.getString("email"));
    }

    void insert(Connection connection, Collection<Fact> facts) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO attendance_fact (subscription, account,"
                        + " meeting, event_id, kind, happened_at, started_at, meeting_id, topic, host_id, user_id, device, person,"
                        + " name, email) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Fact fact : facts) {
                new Columns(insert)
                        .key(subscription, fact.meeting())
                        .text(fact.eventId())
                        .text(fact.kind().label())
                        .time(fact.at())
                        .time(fact.startedAt())
                        .text(fact.meetingId())
                        .text(fact.topic())
                        .text(fact.hostId())
                        .text(fact.userId())
                        .text(fact.device())
                        .text(fact.person() == null ? null : fact.person().text())
                        .text(fact.name())
                        .text(fact.email());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Stores another time of facts that are there. */
    void move(Connection connection, Collection<Fact> facts) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE attendance_fact SET happened_at = ?" + OF_MEETING + " AND event_id = ?")) {
            for (Fact fact : facts) {
                new Columns(update)
                        .time(fact.at())
                        .key(subscription, fact.meeting())
                        .text(fact.eventId());
                update.addBatch();
            }
            update.executeBatch();
        }
    }
}
