package io.zoomws.server.host;

import io.zoomws.server.control.ControlException;
import io.zoomws.server.control.ControlHandler;
import io.zoomws.server.control.ControlRequest;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.parking.ParkedStore;
import io.zoomws.spi.JournalException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Has entries delivered again that a plugin instance of the running server has parked, as {@code parked redrive} does: the request
 * says {@code instance} and either {@code sequences} or {@code all}, and is answered with {@code entries}, how many they are, and
 * {@code text}. They are delivered within a second, or at the next start of the instance.
 */
public final class RedriveRequests implements ControlHandler {

    /** The name of the request. */
    public static final String REDRIVE = "parked.redrive";

    /** The field that names entries: a list of sequences. */
    public static final String SEQUENCES = "sequences";

    /** The field that says that all are meant which are parked now. */
    public static final String ALL = "all";

    private final InstanceFiles files;

    /**
     * The handler of one subscription.
     *
     * @param files of its instances
     */
    public RedriveRequests(InstanceFiles files) {
        this.files = files;
    }

    @Override
    public Map<String, ?> answer(ControlRequest request, Client client) throws ControlException {
        String name = request.requiredText(PluginRequests.INSTANCE);
        ParkedStore store = new ParkedStore(files.parked(name));
        try {
            SortedSet<Long> wanted = wanted(request, store);
            for (long sequence : wanted) {
                store.entry(sequence); // one that is damaged is refused by name
            }
            wanted.forEach(store::redrive);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("entries", wanted.size());
            answer.put(
                    "text",
                    (wanted.size() == 1 ? "1 entry" : wanted.size() + " entries") + " of " + name
                            + " will be delivered again, at once if it runs");
            return answer;
        } catch (JournalException e) {
            throw new ControlException(String.valueOf(e.getMessage()), e);
        }
    }

    private static SortedSet<Long> wanted(ControlRequest request, ParkedStore store) throws ControlException {
        SortedSet<Long> parked = store.sequences();
        if (request.flag(ALL)) {
            return parked;
        }
        SortedSet<Long> named = new TreeSet<>(request.numbers(SEQUENCES));
        for (long sequence : named) {
            if (!parked.contains(sequence)) {
                throw new ControlException("sequence " + sequence + " is not parked; nothing is delivered again");
            }
        }
        return named;
    }
}
