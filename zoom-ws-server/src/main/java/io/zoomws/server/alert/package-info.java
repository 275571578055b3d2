/**
 * Tells somebody when the feed is in trouble: what is wrong is judged from one status after another, without I/O
 * ({@code AlertJudge}); what of it is news, and when it is over, is decided by {@code AlertMachine}; and an {@link
 * io.zoomws.server.alert.AlertTarget}, a command or an address, is told, on a thread of its own.
 *
 * <p>Started by the composition root; {@code zoom-ws alert test} tries the target. Read first: {@link
 * io.zoomws.server.alert.Alerts}, {@code AlertJudge} and {@code AlertMachine}. Nothing here may hold up the feed, and what is told
 * holds no payload and no secret.
 */
@NullMarked
package io.zoomws.server.alert;

import org.jspecify.annotations.NullMarked;
