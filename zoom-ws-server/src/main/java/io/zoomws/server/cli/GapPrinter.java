package io.zoomws.server.cli;

import io.zoomws.journal.OpenGap;
import io.zoomws.server.gaps.GapTotals;
import io.zoomws.spi.Gap;
import java.io.IOException;
import java.time.Instant;

/** Prints gaps and then their totals in one format. */
interface GapPrinter {

    /** Prints a gap that has ended. */
    void print(Gap gap) throws IOException;

    /** Prints the gap that has not. */
    void printOpen(OpenGap gap, Instant now) throws IOException;

    /** Prints the totals, which end the output. */
    void printTotals(GapTotals totals, boolean open) throws IOException;
}
