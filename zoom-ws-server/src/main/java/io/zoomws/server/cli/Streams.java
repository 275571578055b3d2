package io.zoomws.server.cli;

import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param data what it was asked for; standard output
 * @param messages what else there is to say; standard error
 */
record Streams(OutputStream data, PrintStream messages) {}
