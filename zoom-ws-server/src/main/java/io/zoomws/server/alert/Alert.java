package io.zoomws.server.alert;

import io.zoomws.server.json.JsonValues;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is told, once.
 *
 * @param kind of trouble; empty in a test
 * @param condition which of the kind, a stable word for machines
 * @param state of it
 * @param subscription where; empty in a test
 * @param plugin the instance, if it concerns one
 * @param since when it began, as far as that was seen
 * @param at when this is told
 * @param text a sentence for people, without payload and secret
 */
public record Alert(
        Optional<AlertKind> kind,
        String condition,
        State state,
        Optional<String> subscription,
        Optional<String> plugin,
        Instant since,
        Instant at,
        String text) {

    /** Whether it begins or ends. */
    public enum State {
        /** It has begun. */
        RAISED,
        /** It goes on. */
        STILL,
        /** It is over. */
        CLEARED,
        /** Nothing is wrong: somebody tries whether alerts arrive. */
        TEST
    }

    /**
     * One that says that nothing is wrong.
     *
     * @param now the time
     * @return a test
     */
    public static Alert test(Instant now) {
        return new Alert(
                Optional.empty(),
                "test",
                State.TEST,
                Optional.empty(),
                Optional.empty(),
                now,
                now,
                "nothing is wrong: this is a test of the alerts of zoom-ws");
    }

    static Alert of(Finding.About about, State state, Instant since, Instant at, String text) {
        return new Alert(
                Optional.of(about.kind()),
                about.condition(),
                state,
                Optional.of(about.subscription()),
                about.plugin(),
                since,
                at,
                text);
    }

    /** By name, in this order. The names are a promise: some may be added, none is renamed or removed. */
    Map<String, @Nullable String> fields() {
        Map<String, @Nullable String> fields = new LinkedHashMap<>();
        fields.put("alert", kind.map(AlertKind::label).orElse("test"));
        fields.put("condition", condition);
        fields.put("state", state.name().toLowerCase(Locale.ROOT));
        fields.put("subscription", subscription.orElse(null));
        fields.put("plugin", plugin.orElse(null));
        fields.put("since", JsonValues.time(since));
        fields.put("at", JsonValues.time(at));
        fields.put("text", text);
        return fields;
    }

    /** One line, for the log. */
    String line() {
        return kind.map(AlertKind::label).orElse("test") + " "
                + state.name().toLowerCase(Locale.ROOT)
                + subscription.map(name -> ", " + name).orElse("")
                + plugin.map(name -> ", plugin instance " + name).orElse("") + ": " + text;
    }
}
