package io.zoomws.plugin.attendance;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells who each fact of a meeting is about. Of one device or one connection one event may know the Zoom user or the address and
 * another not; so the surest id that any of them has holds for all. Where two events of one device claim different people of the
 * same sureness, each is believed for itself.
 */
final class People {

    private final Map<String, NavigableSet<Person>> byDevice = new HashMap<>();
    private final Map<String, NavigableSet<Person>> byConnection = new HashMap<>();

    People(Collection<Fact> facts) {
        facts.forEach(fact -> note(byDevice, fact.device(), named(fact)));
        facts.forEach(fact -> note(byConnection, fact.userId(), ofDevice(fact)));
    }

    Person of(Fact fact) {
        return surest(byConnection, fact.userId(), ofDevice(fact));
    }

    private Person ofDevice(Fact fact) {
        return surest(byDevice, fact.device(), named(fact));
    }

    private static Person named(Fact fact) {
        return Objects.requireNonNull(fact.person(), "a fact about a person");
    }

    private static void note(Map<String, NavigableSet<Person>> people, @Nullable String key, Person person) {
        if (key != null) {
            people.computeIfAbsent(key, k -> new TreeSet<>()).add(person);
        }
    }

    private static Person surest(Map<String, NavigableSet<Person>> people, @Nullable String key, Person claimed) {
        NavigableSet<Person> candidates = key == null ? null : people.get(key);
        if (candidates == null) {
            return claimed;
        }
        Person first = candidates.first();
        Person second = candidates.higher(first);
        return second == null || second.kind() != first.kind() ? first : claimed;
    }
}
