package io.zoomws.camel;

import io.zoomws.spi.Cursors;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a consumer's reader and cursors come from: bound in Camel's registry by the host, opened in a data directory,
 * or of a feed in this context.
 *
 * @param reader of the subscription's journal
 * @param cursors of the same subscription, or null if the host gives none
 * @param lease what ends with the consumer
 */
record JournalAccess(JournalReader reader, @Nullable Cursors cursors, Lease lease) implements AutoCloseable {

    /** Name of a {@link JournalReader} bean, before the name of the subscription. */
    static final String READER_BEAN = "zoomws-reader-";

    /** Name of a {@link Cursors} bean, before the name of the subscription. */
    static final String CURSORS_BEAN = "zoomws-cursors-";

    private static final Logger log = LoggerFactory.getLogger(JournalAccess.class);

    /**
     * Finds reader and cursors, or takes part in receiving.
     *
     * @throws IllegalArgumentException if there is none; the message says what is missing
     */
    static JournalAccess find(ZoomWsEndpoint endpoint, Plan plan) {
        if (plan.source() == Source.LIVE) {
            refuseBound(endpoint.getCamelContext().getRegistry(), plan);
            return endpoint.getComponent().live().join(LiveSettings.of(endpoint, plan.name()), plan.name());
        }
        return find(
                endpoint.getCamelContext(), plan, endpoint.getConfiguration().getData());
    }

    private static JournalAccess find(CamelContext context, Plan plan, @Nullable String data) {
        Registry registry = context.getRegistry();
        String name = plan.name();
        String subscription = plan.subscription();
        JournalReader bound = reader(registry, name, subscription);
        if (bound != null) {
            if (data != null) {
                log.warn(
                        "{}: data={} is not used, because the registry holds a reader for this subscription",
                        plan.logName(),
                        data);
            }
            return new JournalAccess(bound, cursors(registry, subscription), Lease.NONE);
        }
        if (data == null) {
            throw new IllegalArgumentException(name
                    + ": data is missing: add data=DIRECTORY, the data directory of the server, or bind a JournalReader as "
                    + READER_BEAN + subscription + " in the registry");
        }
        return open(name, subscription, data);
    }

    /** Whoever bound it receives the subscription, and Zoom knows one connection of each. */
    private static void refuseBound(Registry registry, Plan plan) {
        if (reader(registry, plan.name(), plan.subscription()) != null) {
            throw Plan.wrong(
                    plan.name(),
                    "source",
                    plan.source().label(),
                    "the registry holds a JournalReader for this subscription, which its host receives already: leave source"
                            + " out to follow that, or take the reader out of the registry");
        }
    }

    private static @Nullable JournalReader reader(Registry registry, String name, String subscription) {
        JournalReader named = registry.lookupByNameAndType(READER_BEAN + subscription, JournalReader.class);
        if (named != null) {
            return named;
        }
        List<JournalReader> matching = registry.findByType(JournalReader.class).stream()
                .filter(reader -> reader.subscription().equals(subscription))
                .toList();
        if (matching.size() > 1) {
            throw new IllegalArgumentException(name + ": the registry holds " + matching.size()
                    + " readers for this subscription: name the one to use " + READER_BEAN + subscription);
        }
        return matching.isEmpty() ? null : matching.get(0);
    }

    /** Cursors do not say whose they are, so without a name there must be no choice. */
    private static @Nullable Cursors cursors(Registry registry, String subscription) {
        Cursors named = registry.lookupByNameAndType(CURSORS_BEAN + subscription, Cursors.class);
        if (named != null) {
            return named;
        }
        Set<Cursors> all = registry.findByType(Cursors.class);
        boolean only =
                all.size() == 1 && registry.findByType(JournalReader.class).size() == 1;
        return only ? all.iterator().next() : null;
    }

    private static JournalAccess open(String name, String subscription, String data) {
        try {
            return DataDirectory.open(Path.of(data), subscription);
        } catch (InvalidPathException e) {
            throw Plan.wrong(name, "data", data, "use the path of a data directory");
        } catch (JournalException e) {
            throw new IllegalArgumentException(name + ": data=" + data + ": " + e.getMessage(), e);
        } catch (NoClassDefFoundError e) {
            if (!String.valueOf(e.getMessage()).startsWith("io/zoomws/journal/")) {
                throw e;
            }
            throw new IllegalArgumentException(
                    name + ": data=" + data
                            + " needs the journal module: add io.zoomws:zoom-ws-journal to the class path",
                    e);
        }
    }

    @Override
    public void close() {
        lease.close();
    }
}
