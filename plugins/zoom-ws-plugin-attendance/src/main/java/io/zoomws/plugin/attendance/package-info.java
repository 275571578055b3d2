/**
 * The shipped plugin {@code attendance}: a read model of who was in which meeting, derived from the journal and from nothing
 * else. Nobody calls it but the plugin host, which loads it exactly as it would a stranger's.
 *
 * <p>Read {@link io.zoomws.plugin.attendance.Attendance} first (the rules, without SQL), then {@code Projection} (one
 * transaction's work) and {@link io.zoomws.plugin.attendance.AttendanceHandler}. The one idea: rows are a function of the
 * <em>set</em> of facts of a meeting, so that neither order, nor repetition, nor the borders of batches can show in them.
 */
@NullMarked
package io.zoomws.plugin.attendance;

import org.jspecify.annotations.NullMarked;
