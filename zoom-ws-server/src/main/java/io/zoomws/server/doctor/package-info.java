/**
 * What {@code zoom-ws doctor} does: walks from this machine to Zoom, a step at a time, and says of each what was found and what
 * to do. Called by the command line only. Read first: {@link io.zoomws.server.doctor.Doctor} (the steps and their order),
 * {@link io.zoomws.server.doctor.Verdict} (what a step can end in) and {@code TokenCheck} (what a check looks like).
 *
 * <p>Each check judges facts and does nothing else; whoever gathers the facts stands beside it in {@code SubscriptionWalk}.
 * Nothing in here says a secret, a token, a payload or a URL.
 */
@NullMarked
package io.zoomws.server.doctor;

import org.jspecify.annotations.NullMarked;
