/**
 * How the server writes values as JSON, on the command line and over HTTP alike. Called by both. Read first: {@link
 * io.zoomws.server.json.EntryJson} (entries), {@link io.zoomws.server.json.Redaction} (what is left of an event for who may not read
 * it) and {@link io.zoomws.server.json.JsonValues}.
 */
@NullMarked
package io.zoomws.server.json;

import org.jspecify.annotations.NullMarked;
