/**
 * Adds up gaps: how many, for how long altogether, and of what kind. Everything here is derived from the entries of a journal
 * and can be derived again. Called by the command line and by the HTTP server. Read first: {@link
 * io.zoomws.server.gaps.GapCounter} (the sums), {@link io.zoomws.server.gaps.TimeUnion} (why overlaps count once) and {@link
 * io.zoomws.server.gaps.GapCategory}.
 */
@NullMarked
package io.zoomws.server.gaps;

import org.jspecify.annotations.NullMarked;
