package io.zoomws.plugin.attendance;

import java.sql.SQLException;
import java.util.Set;

/** Whose fault it is that something failed, told by the class of its SQLSTATE, the first two characters, and by H2's codes. */
final class SqlFailure {

    /** Data exception, integrity constraint violation, program limit exceeded (a row that is too long). */
    private static final Set<String> ABOUT_THE_DATA = Set.of("22", "23", "54");

    /** No such database, no schema to make tables in, no right to. */
    private static final Set<String> REFUSED = Set.of("3D000", "3F000", "42501");

    private static final int H2_IN_USE = 90020;
    private static final Set<Integer> H2_DAMAGED = Set.of(90030, 90048, 90094);

    private SqlFailure() {}

    static boolean isAboutTheData(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && state.length() >= 2 && ABOUT_THE_DATA.contains(state.substring(0, 2));
    }

    /** Throws if no waiting will help. Everything else, a server that is starting for one, may pass. */
    static void refuseIfForGood(SQLException failure) {
        if (failure.getErrorCode() == H2_IN_USE) {
            throw new DatabaseUnusable(
                    "The database file of the plugin attendance is in use by another process, probably the live server:"
                            + " replay through that one, with zoom-ws replay --rebuild, or stop it first",
                    failure);
        }
        if (H2_DAMAGED.contains(failure.getErrorCode())) {
            throw new DatabaseUnusable(
                    "The database file of the plugin attendance is damaged or of another version of H2: move it away and"
                            + " derive it again, with zoom-ws replay --rebuild",
                    failure);
        }
        String state = failure.getSQLState();
        if (state != null && (state.startsWith("28") || REFUSED.contains(state))) {
            throw new DatabaseUnusable(
                    "The database of the plugin attendance refuses it (SQLSTATE " + state
                            + "): check user, password and"
                            + " the name of the database in url, and whether that user may create tables",
                    failure);
        }
    }
}
