/**
 * Looks for an event by anything that is in it. Called by the command line, in a process of its own beside the server. Read first:
 * {@link io.zoomws.server.find.SearchText} (what is looked for, and why that is fast) and {@link
 * io.zoomws.server.find.EntrySearch} (where in an entry it is).
 */
@NullMarked
package io.zoomws.server.find;

import org.jspecify.annotations.NullMarked;
