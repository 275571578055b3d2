package io.zoomws.plugin.attendance;

import io.zoomws.spi.PluginSettings;
import io.zoomws.spi.Secret;
import io.zoomws.spi.Setting;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which database the rows are kept in: an embedded one in the plugin's own directory, unless told otherwise.
 *
 * @param url of JDBC; without it the embedded database is used
 * @param user who logs in
 * @param password of that user
 */
@PluginSettings
public record AttendanceSettings(
        @Setting(text = "jdbc:postgresql://host/database; an embedded database if it is left out")
        Optional<String> url,

        @Setting(text = "who logs in to the database of url")
        Optional<String> user,

        @Setting(standard = "", text = "of that user") Secret password) {

    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String H2 = "jdbc:h2:";

    /** As a parameter, or before the host as in a web address. */
    private static final Pattern PASSWORD = Pattern.compile("password\\s*=|//[^/?]*@", Pattern.CASE_INSENSITIVE);

    private static final Pattern SERVER = Pattern.compile("auto_server\\s*=\\s*true", Pattern.CASE_INSENSITIVE);

    /**
     * Refuses a database that is neither of the two, and a password where it would be seen. No message repeats the URL.
     *
     * @param url as above
     * @param user as above
     * @param password as above
     */
    public AttendanceSettings {
        if (url.isEmpty() && (user.isPresent() || !password.reveal().isEmpty())) {
            throw new IllegalArgumentException(
                    "user and password are for a database of its own: set url as well, or leave"
                            + " them out for the embedded one");
        }
        url.ifPresent(AttendanceSettings::check);
    }

    private static void check(String url) {
        if (PASSWORD.matcher(url).find()) {
            throw new IllegalArgumentException(
                    "url holds a password, and so would every place that shows it: leave it out"
                            + " there and set password or password-file");
        }
        String start = url.toLowerCase(Locale.ROOT);
        if (!start.startsWith(POSTGRESQL) && !start.startsWith(H2)) {
            throw new IllegalArgumentException(
                    "url begins with neither jdbc:postgresql: nor jdbc:h2:, and the plugin has"
                            + " drivers for these only");
        }
        if (SERVER.matcher(url).find()) {
            throw new IllegalArgumentException("url has AUTO_SERVER=TRUE, with which H2 opens a port: leave it out");
        }
    }

    boolean isPostgresql() {
        return url.isPresent() && url.get().toLowerCase(Locale.ROOT).startsWith(POSTGRESQL);
    }
}
