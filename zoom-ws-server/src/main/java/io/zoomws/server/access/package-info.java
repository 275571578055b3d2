/**
 * Who may ask the HTTP server, and by what he shows it: plain values, which the configuration reads and the server goes by. Read
 * first: {@link io.zoomws.server.access.HttpAccess}.
 */
@NullMarked
package io.zoomws.server.access;

import org.jspecify.annotations.NullMarked;
