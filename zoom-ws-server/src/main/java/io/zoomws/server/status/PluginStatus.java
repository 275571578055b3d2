package io.zoomws.server.status;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How one plugin instance is.
 *
 * @param name of the instance
 * @param plugin name of the plugin directory
 * @param subscription whose journal it follows
 * @param state {@code starting}, {@code running}, {@code blocked}, {@code failed}, {@code stopped}, {@code abandoned}, or {@code refused} if it
 *     could not even be started
 * @param problem why it was refused
 * @param handled events whose handling returned, since the server began, as the numbers below
 * @param gaps gaps whose handling returned
 * @param parked how often an entry was parked, since it failed or since an earlier one of its key is parked
 * @param parkedNow how many entries are parked at the moment, since whenever
 * @param retries calls beyond the first of an entry
 * @param position sequence of the entry that comes next; empty if refused
 * @param lag how many durable entries are still to come, whether they concern it or not; empty if refused
 */
public record PluginStatus(
        String name,
        String plugin,
        String subscription,
        String state,
        Optional<String> problem,
        long handled,
        long gaps,
        long parked,
        long parkedNow,
        long retries,
        OptionalLong position,
        OptionalLong lag) {

    /**
     * Whether it follows its journal.
     *
     * @return true if its state is {@code running}
     */
    public boolean running() {
        return state.equals("running");
    }
}
