package io.zoomws.plugin.camelroutes;

import io.zoomws.spi.Cursors;
import io.zoomws.spi.JournalReader;
import java.nio.file.Path;

/**
 * What every file's routes are given.
 *
 * @param instance its name
 * @param subscription whose journal its routes read
 * @param jars the folder that a component's jar is to be put into
 * @param reader of the host's journal
 * @param cursors of this instance
 * @param positions where those stand
 * @param failures is told what fails
 */
record Host(
        String instance,
        String subscription,
        Path jars,
        JournalReader reader,
        Cursors cursors,
        Positions positions,
        RouteFailures failures) {}
