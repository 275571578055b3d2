/**
 * The demonstration: a simulated Zoom, and a server that runs against it exactly as it would run against the real one. Called
 * by the command line only. Read first: {@link io.zoomws.server.demo.Demo}, then {@link io.zoomws.server.demo.DemoSummary}.
 */
@NullMarked
package io.zoomws.server.demo;

import org.jspecify.annotations.NullMarked;
