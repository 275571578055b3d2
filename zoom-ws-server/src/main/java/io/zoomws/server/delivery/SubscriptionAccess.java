package io.zoomws.server.delivery;

import io.zoomws.server.plugins.MetricsOfPlugins;
import io.zoomws.spi.Cursors;
import io.zoomws.spi.JournalReader;
import java.util.function.ObjLongConsumer;

/**
 * What an instance needs of the subscription that it follows.
 *
 * @param reader of the journal; remains the caller's to close, after the instance has ended
 * @param cursors of that journal
 * @param cursorSetter sets a cursor that nobody holds
 * @param files where instances keep their files
 * @param metrics what instances tell of themselves
 */
public record SubscriptionAccess(
        JournalReader reader,
        Cursors cursors,
        ObjLongConsumer<String> cursorSetter,
        InstanceFiles files,
        MetricsOfPlugins metrics) {}
