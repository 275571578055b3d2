package io.zoomws.plugin.attendance;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Where the database is and how to get a connection to it. Drivers are asked directly: the JDK's {@link DriverManager} does not
 * see into a plugin's class loader, and would hold on to it.
 */
final class DatabaseAddress {

    /**
     * The JVM ends the plugin, not H2 the database under it. No trace: it would quote rows. The delay of writing is left at H2's
     * half a second: what a killed process takes from the database, position included, comes again from the journal, and
     * writing at each commit made a file of 220 MB where this makes one of 6 (10,000 events, one by one; November 2026). Only a
     * reset must not be taken back by a crash: see {@link Database#flush}.
     */
    private static final String H2_OPTIONS = ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";

    private final Driver driver;
    private final String url;
    private final Properties properties;

    private DatabaseAddress(Driver driver, String url, Properties properties) {
        this.driver = driver;
        this.url = url;
        this.properties = properties;
    }

    static DatabaseAddress of(AttendanceSettings settings, Path directory) {
        if (settings.isPostgresql()) {
            return new DatabaseAddress(postgresql(), settings.url().orElseThrow(), postgresqlProperties(settings));
        }
        String url = settings.url().map(own -> own + H2_OPTIONS).orElseGet(() -> embedded(directory));
        return new DatabaseAddress(h2(), url, login(settings));
    }

    /** A connection in which each transaction is ended by hand. */
    Connection connect() throws SQLException {
        Connection connection = driver.connect(url, properties);
        if (connection == null) {
            throw new SQLException("the driver does not know this kind of URL", "08001");
        }
        connection.setAutoCommit(false);
        return connection;
    }

    private static String embedded(Path directory) {
        String path = directory.toAbsolutePath().resolve("attendance").toString();
        if (path.indexOf(';') >= 0) {
            throw new DatabaseUnusable(
                    "The path " + path + " has a semicolon in it, at which H2 ends a file's name: choose"
                            + " another data directory, or set url");
        }
        return "jdbc:h2:file:" + path + H2_OPTIONS;
    }

    private static Properties login(AttendanceSettings settings) {
        Properties properties = new Properties();
        settings.user().ifPresent(user -> properties.setProperty("user", user));
        if (!settings.password().reveal().isEmpty()) {
            properties.setProperty("password", settings.password().reveal());
        }
        return properties;
    }

    private static Properties postgresqlProperties(AttendanceSettings settings) {
        Properties properties = login(settings);
        properties.setProperty("ApplicationName", "zoom-ws attendance");
        properties.setProperty("tcpKeepAlive", "true");
        // In seconds. Nothing here takes long but a reset, which deletes everything.
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "120");
        // Details quote rows.
        properties.setProperty("logServerErrorDetail", "false");
        return properties;
    }

    private static Driver h2() {
        Driver driver = new org.h2.Driver();
        org.h2.Driver.unload();
        return driver;
    }

    /** One at a time: instances of the plugin start side by side. */
    private static synchronized Driver postgresql() {
        try {
            Driver driver = new org.postgresql.Driver();
            if (org.postgresql.Driver.isRegistered()) {
                org.postgresql.Driver.deregister();
            }
            return driver;
        } catch (SQLException e) {
            throw new DatabaseUnusable("The driver of PostgreSQL could not be taken from the JVM's list", e);
        }
    }
}
