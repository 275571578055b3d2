package io.zoomws.plugin.attendance;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Sets the parameters of a statement one after the other. */
final class Columns {

    private final PreparedStatement statement;
    private int next = 1;

    Columns(PreparedStatement statement) {
        this.statement = statement;
    }

    Columns text(@Nullable String value) throws SQLException {
        statement.setString(next++, value);
        return this;
    }

    Columns time(@Nullable Instant value) throws SQLException {
        if (value == null) {
            statement.setNull(next++, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            statement.setObject(next++, value.atOffset(ZoneOffset.UTC));
        }
        return this;
    }

    Columns number(@Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(next++, Types.BIGINT);
        } else {
            statement.setLong(next++, value);
        }
        return this;
    }

    Columns flag(boolean value) throws SQLException {
        statement.setBoolean(next++, value);
        return this;
    }

    /** The key of a meeting, which every table begins with. */
    Columns key(String subscription, MeetingKey meeting) throws SQLException {
        return text(subscription).text(meeting.account()).text(meeting.uuid());
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
