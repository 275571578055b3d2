package io.zoomws.plugin.attendance;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The visits of one subscription. */
final class VisitTable {

    private static final String OF_MEETING = " WHERE subscription = ? AND account = ? AND meeting = ?";

    private final String subscription;

    VisitTable(String subscription) {
        this.subscription = subscription;
    }

    /** Makes these the visits of a meeting, touching only rows that differ: most joinings concern one person in hundreds. */
    void replace(Connection connection, MeetingKey meeting, List<Visit> visits) throws SQLException {
        Set<Visit> gone = read(connection, meeting);
        Set<Visit> added = new HashSet<>(visits);
        added.removeAll(gone);
        visits.forEach(gone::remove);
        delete(connection, gone);
        insert(connection, added);
    }

    private Set<Visit> read(Connection connection, MeetingKey meeting) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM attendance_visit" + OF_MEETING)) {
            new Columns(select).key(subscription, meeting);
            try (ResultSet row = select.executeQuery()) {
                Set<Visit> visits = new HashSet<>();
                while (row.next()) {
                    visits.add(new Visit(
                            meeting,
                            row.getString("person"),
                            row.getInt("visit"),
                            row.getString("meeting_id"),
                            row.getString("topic"),
                            row.getString("name"),
                            row.getString("email"),
                            Columns.time(row, "joined_at"),
                            Columns.time(row, "left_at"),
                            row.getBoolean("left_inferred")));
                }
                return visits;
            }
        }
    }

    private void delete(Connection connection, Collection<Visit> visits) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM attendance_visit" + OF_MEETING + " AND person = ? AND visit = ?")) {
            for (Visit visit : visits) {
                new Columns(delete)
                        .key(subscription, visit.meeting())
                        .text(visit.person())
                        .number((long) visit.number());
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    private void insert(Connection connection, Collection<Visit> visits) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO attendance_visit (subscription, account,"
                        + " meeting, person, visit, meeting_id, topic, name, email, joined_at, left_at, duration_seconds,"
                        + " left_inferred) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Visit visit : visits) {
                new Columns(insert)
                        .key(subscription, visit.meeting())
                        .text(visit.person())
                        .number((long) visit.number())
                        .text(visit.meetingId())
                        .text(visit.topic())
                        .text(visit.name())
                        .text(visit.email())
                        .time(visit.joinedAt())
                        .time(visit.leftAt())
                        .number(visit.durationSeconds())
                        .flag(visit.leftInferred());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
