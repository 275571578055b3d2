package io.zoomws.plugin.attendance;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The meetings of one subscription. */
final class MeetingTable {

    private static final String OF_MEETING = " WHERE subscription = ? AND account = ? AND meeting = ?";

    private final String subscription;

    MeetingTable(String subscription) {
        this.subscription = subscription;
    }

    /** Writes a row if it is not there just like this. */
    void put(Connection connection, Meeting meeting) throws SQLException {
        Optional<Meeting> stored = read(connection, meeting.key());
        if (stored.isEmpty()) {
            write(
                    connection,
                    "INSERT INTO attendance_meeting (meeting_id, topic, host_id, started_at, ended_at, subscription,"
                            + " account, meeting) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    meeting);
        } else if (!stored.get().equals(meeting)) {
            write(
                    connection,
                    "UPDATE attendance_meeting SET meeting_id = ?, topic = ?, host_id = ?, started_at = ?, ended_at = ?"
                            + OF_MEETING,
                    meeting);
        }
    }

    private Optional<Meeting> read(Connection connection, MeetingKey key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM attendance_meeting" + OF_MEETING)) {
            new Columns(select).key(subscription, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Meeting(
                                key,
                                row.getString("meeting_id"),
                                row.getString("topic"),
                                row.getString("host_id"),
                                Columns.time(row, "started_at"),
                                Columns.time(row, "ended_at")))
                        : Optional.empty();
            }
        }
    }

    private void write(Connection connection, String sql, Meeting meeting) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            new Columns(statement)
                    .text(meeting.meetingId())
                    .text(meeting.topic())
                    .text(meeting.hostId())
                    .time(meeting.startedAt())
                    .time(meeting.endedAt())
                    .key(subscription, meeting.key());
            statement.executeUpdate();
        }
    }
}
