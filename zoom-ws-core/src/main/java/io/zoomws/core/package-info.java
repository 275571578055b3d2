/**
 * The connection to Zoom: opens it, proves it alive, opens it again, and hands each frame to a one-method sink.
 *
 * <p>The composition root and the Camel component may call it. Read first: {@link io.zoomws.core.ZoomConnection} (what they
 * hold), {@link io.zoomws.core.FrameSink} (where frames go) and {@code ConnectionMachine} (every decision, without I/O).
 *
 * <pre>
 *   NEW ──start──▶ WAITING_FOR_TOKEN ──token──▶ CONNECTING ──upgraded──▶ AWAITING_BUILD_CONNECTION
 *                     ▲         │                   │                        │             │
 *                     │      no token          not opened,              not confirmed,   build_connection
 *                 next try      │            wrong answer, slow         refused, kicked  success:true
 *                     │         ▼                   ▼                        ▼             ▼
 *                     └────── BACKING_OFF ◀─────────┴────────────────────────┴────────── READY ◀─┐
 *                                     closed, reset, dead link, kicked                     └─heartbeat─┘
 *   any ──hold──▶ HELD ──release──▶ WAITING_FOR_TOKEN       any ──stop──▶ STOPPED
 * </pre>
 *
 * <p>While READY the same way is gone once more to renew: the token ends soon, heartbeats go unanswered, somebody asked.
 *
 * <pre>
 *   live   1 ════════════════════════╗ ready                 kick read after that: no gap
 *                                    ║                       heartbeat sent after ready answered: the same
 *   attempt  2 ── token ── open ── confirming ══╝ live 2     otherwise a gap since the last proof of 1
 *                          │         leaving 1 ══════════╳   not closed for 5 s: closed by us, and read on
 *                          └ a heartbeat on 1, so that its proof is young
 *
 *   1 ends first: the attempt goes on and ends the outage, unless 1 was kicked before Zoom could know of 2: a rival.
 *   2 fails: 1 stays live and the attempt is made again later.
 * </pre>
 *
 * <p>{@code ConnectionMachine} decides about the live connection, {@code Attempt} is the way to the next one, {@code Handover}
 * what is left of the one before, {@code Session} what is known of one socket, {@code Pulse} judges heartbeats,
 * {@code ReconnectPolicy} says when to try again, {@code ClockJumps} what the wall clock showed; none knows clock or network.
 * {@code ZoomSocket} is one socket and {@code ZoomConnection} the loop that feeds the one and obeys the other, all on a single
 * event-loop thread.
 *
 * <p>Nothing in here logs an address with query, a frame, or a text of the server's that was not looked at.
 */
@NullMarked
package io.zoomws.core;

import org.jspecify.annotations.NullMarked;
