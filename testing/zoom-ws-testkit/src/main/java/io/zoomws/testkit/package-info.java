/**
 * Tests a plugin without Zoom, without a server and without waiting.
 *
 * <p>Read first: {@link io.zoomws.testkit.HandlerTester} (delivers to a handler as the host would),
 * {@link io.zoomws.testkit.TestEvent} (an event from a sample or from JSON). What a handler's constructor may ask for:
 * {@link io.zoomws.testkit.TestPluginContext}, {@link io.zoomws.testkit.TestPluginMetrics},
 * {@link io.zoomws.testkit.TestParkedQueue}, {@link io.zoomws.testkit.TestJournal}; settings are a record and a clock is
 * {@link java.time.Clock#fixed}, which need no help.
 *
 * <p>For use with scope test only. One test uses it from one thread, unless a class says otherwise.
 */
@NullMarked
package io.zoomws.testkit;

import org.jspecify.annotations.NullMarked;
