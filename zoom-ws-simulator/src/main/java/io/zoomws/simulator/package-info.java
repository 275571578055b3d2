/**
 * A pretend Zoom on one loopback port: tokens, the event WebSocket, and a story of meetings to send.
 *
 * <p>For the demo, for tests, and for whoever writes a plugin or another client. It shares no code with the client of this
 * project, so that a misreading of the protocol cannot cancel itself out. Read first:
 * {@link io.zoomws.simulator.ZoomSimulator} (start and stop), {@link io.zoomws.simulator.SimulatorSettings} (what can be
 * chosen) and {@code EventSocket} (one connection's life). What goes wrong on purpose: {@link io.zoomws.simulator.FaultScript},
 * {@code FaultCatalogue} and {@code FaultRunner}.
 *
 * <p>Everything behind the port runs on one event loop, so no state in here needs a lock.
 */
@NullMarked
package io.zoomws.simulator;

import org.jspecify.annotations.NullMarked;
