/**
 * The command line: one class a command, and how entries are printed. Called by {@code main} only. Read first: {@link
 * io.zoomws.server.cli.CommandLineInterface} (all commands and the exit statuses), {@code CommonOptions} (where the data is)
 * and {@code EntryJsonLines} (the stable output format).
 *
 * <p>Standard output carries data only; whatever there is to say besides goes to standard error.
 */
@NullMarked
package io.zoomws.server.cli;

import org.jspecify.annotations.NullMarked;
