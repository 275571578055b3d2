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
 *                                     closed, reset, dead link, unanswered, kicked         └─heartbeat─┘
 *   any ──stop──▶ STOPPED
 * </pre>
 *
 * <p>{@code ConnectionMachine} decides, {@code Session} is what is known of one socket, {@code ReconnectPolicy} when to try
 * again; all three know neither clock nor network. {@code ZoomSocket} is one socket and {@code ZoomConnection} the loop that
 * feeds the one and obeys the other, all on a single event-loop thread.
 *
 * <p>Nothing in here logs an address with query, a frame, or a text of the server's that was not looked at.
 */
@NullMarked
package io.zoomws.core;

import org.jspecify.annotations.NullMarked;
