/**
 * The ten events that most plugins are about, as records, so that an author need not know where in the JSON a field is. Every
 * other event is just as usable through {@link io.zoomws.spi.ZoomEvent#text}; this package adds nothing that it could not read.
 *
 * <p>Read first: {@link io.zoomws.spi.events.ParticipantJoined} (one event), {@link io.zoomws.spi.events.Meeting} (what most
 * have) and {@link io.zoomws.spi.events.KnownEvent} (any of them).
 *
 * <p><b>Names</b> are Zoom's own: {@code participant_user_id} is {@code participantUserId}.
 *
 * <p><b>What is missing.</b> Zoom leaves fields out, sends them empty ({@code ""} for the ids of guests) and changes their
 * types without notice. A field that is missing, null, empty or not what it ought to be is empty here; nothing in this package
 * throws because of what an event holds, and no event is refused. Ids are text, also where Zoom sends a number. Times are ISO-8601
 * or milliseconds since 1970.
 *
 * <p><b>What is left out on purpose.</b> No record holds a credential, because records print what they hold and end up in logs:
 * neither pass codes, nor {@code download_token}, nor URLs that let somebody in ({@code join_url}, {@code share_url}, {@code
 * play_url}, {@code download_url}). Whoever needs one asks the event for it. Names, addresses and topics are here, and are
 * personal data: think before logging them.
 *
 * <p>The fields are those of Zoom's event reference (developers.zoom.us, Meetings and Users, as of 2026) and of events captured
 * by users of Zoom's API.
 */
@NullMarked
package io.zoomws.spi.events;

import org.jspecify.annotations.NullMarked;
