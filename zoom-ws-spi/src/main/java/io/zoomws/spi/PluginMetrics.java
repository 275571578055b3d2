package io.zoomws.spi;

/**
 * Numbers that a plugin tells, shown among the server's metrics under the plugin's own name. To be taken by the handler's
 * constructor. Methods, those of counters and gauges too, may be called by any thread and never block.
 *
 * <p>Names are of lower-case letters, digits and underscores, beginning with a letter, at most 60: {@code mails_sent} is shown
 * as {@code zoomws_plugin_custom_mails_sent_total} with the labels {@code plugin} (the instance) and {@code subscription}. An
 * instance may have 50 in all. When it is started again it begins anew, counters at 0. Never put anything of an event into a name.
 */
public interface PluginMetrics {

    /** A number that only rises. */
    interface Counter {
        /**
         * Adds.
         *
         * @param amount 0 or more
         * @throws IllegalArgumentException if it is less
         */
        void add(long amount);
    }

    /** A number that rises and falls. */
    interface Gauge {
        /**
         * Sets it.
         *
         * @param value from now on
         */
        void set(double value);
    }

    /**
     * A counter.
     *
     * @param name as above, without {@code _total}
     * @param text what it counts, in a line
     * @return the one of this name; it is made if there is none
     * @throws IllegalArgumentException if the name is not of this form, ends in {@code _total}, is of a gauge, or there are too many
     */
    Counter counter(String name, String text);

    /**
     * A gauge.
     *
     * @param name as above, with the unit at its end
     * @param text what it tells, in a line
     * @return the one of this name; it is made if there is none
     * @throws IllegalArgumentException if the name is not of this form, ends in {@code _total}, is of a counter, or there are too
     *     many
     */
    Gauge gauge(String name, String text);
}
