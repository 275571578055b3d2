/**
 * The log of the server: how much, and how it looks. Started by the composition root; logback itself is named in its configuration
 * {@code logback.xml}, which names {@code LineEncoder} and {@code StandardError}. Read first: {@link
 * io.zoomws.server.log.LogSettings} and {@link io.zoomws.server.log.Logs}.
 *
 * <p>What libraries log at DEBUG may hold an address with a token: no setting has them do so.
 */
@NullMarked
package io.zoomws.server.log;

import org.jspecify.annotations.NullMarked;
