package io.zoomws.plugin.attendance;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** A second connection to a plugin's database, for a test to look into it. */
final class Tables implements AutoCloseable {

    private final Connection connection;

    Tables(AttendanceSettings settings, Path directory) throws SQLException {
        connection = DatabaseAddress.of(settings, directory).connect();
        connection.setAutoCommit(true);
    }

    /** Everything that was derived, the facts as well, each row a line. */
    List<String> everything() throws SQLException {
        List<String> rows = new ArrayList<>();
        for (String table : List.of(
                "attendance_meeting ORDER BY subscription, account, meeting",
                "attendance_visit ORDER BY subscription, account, meeting, person, visit",
                "attendance_fact ORDER BY subscription, account, meeting, event_id")) {
            rows.addAll(rows("SELECT * FROM " + table));
        }
        return rows;
    }

    List<String> visits() throws SQLException {
        return rows("SELECT subscription, person, joined_at, left_at, duration_seconds FROM attendance_visit"
                + " ORDER BY subscription, meeting, person, visit");
    }

    List<String> rows(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    values.add(text(rows, i));
                }
                lines.add(String.join(" | ", values));
            }
            return lines;
        }
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        if (rows.getMetaData().getColumnTypeName(column).startsWith("TIMESTAMP")
                || rows.getMetaData().getColumnTypeName(column).equals("timestamptz")) {
            OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
            return time == null ? "-" : time.toInstant().toString();
        }
        String text = rows.getString(column);
        return text == null ? "-" : text;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
