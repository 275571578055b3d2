package io.zoomws.server.cli;

/** The formats of commands that print a table. */
enum TableFormat {
    /** Columns for people. */
    text,
    /** One JSON object a row, one a line. */
    json
}
