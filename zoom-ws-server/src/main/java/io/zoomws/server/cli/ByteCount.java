package io.zoomws.server.cli;

/**
 * A size on the command line.
 *
 * @param bytes 0 or more
 */
record ByteCount(long bytes) {}
