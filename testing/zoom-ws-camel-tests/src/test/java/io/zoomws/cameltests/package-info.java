/**
 * Executes what {@code docs/camel.md} shows, out of the page itself, so that the page cannot rot. Read {@link
 * io.zoomws.cameltests.Page}, {@link io.zoomws.cameltests.Journal} and {@link io.zoomws.cameltests.TargetsTest} first.
 */
package io.zoomws.cameltests;
