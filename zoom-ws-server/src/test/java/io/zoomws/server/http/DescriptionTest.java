package io.zoomws.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.server.access.Role;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.gaps.GapLedger;
import io.zoomws.server.status.ServerStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Whether the description of the API, which is written by hand, says what the server does. JSON is YAML. */
class DescriptionTest {

    private final Map<?, ?> description = description();

    @Test
    void everyRouteIsDescribedAndNoOther() {
        TreeSet<String> described = new TreeSet<>();
        object(description.get("paths")).forEach((path, methods) -> object(methods)
                .forEach(
                        (method, operation) -> described.add(method.toString().toUpperCase(Locale.ROOT) + " " + path)));

        assertThat(described).isEqualTo(new TreeSet<>(routes().keySet())).hasSizeGreaterThan(10);
    }

    @Test
    void everyParameterIsDescribedAndNoOther() {
        routes().forEach((name, route) -> {
            List<String> query = new ArrayList<>();
            for (Object parameter : list(operation(route).get("parameters"))) {
                if ("query".equals(object(parameter).get("in"))) {
                    query.add(String.valueOf(object(parameter).get("name")));
                }
            }
            assertThat(query).as(name).containsExactlyInAnyOrderElementsOf(route.parameters());
        });
    }

    @Test
    void whoMayAskIsDescribed() {
        routes().forEach((name, route) -> {
            Set<String> schemes = new TreeSet<>();
            list(operation(route).get("security"))
                    .forEach(one -> object(one).keySet().forEach(scheme -> schemes.add(String.valueOf(scheme))));
            Set<String> needed = new TreeSet<>();
            for (Role role : Role.values()) {
                if (route.needs().isPresent() && role.includes(route.needs().get())) {
                    needed.add(role.name().toLowerCase(Locale.ROOT));
                }
            }
            assertThat(schemes).as(name).isEqualTo(needed);
            assertThat(object(operation(route).get("responses")).containsKey("401"))
                    .as(name)
                    .isEqualTo(!needed.isEmpty());
        });
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        TreeSet<String> broken = new TreeSet<>();
        collect(description, broken);
        broken.removeIf(reference -> {
            Object at = description;
            for (String part : reference.substring(2).split("/", -1)) {
                at = at instanceof Map<?, ?> map ? map.get(part) : null;
            }
            return at != null;
        });

        assertThat(broken).isEmpty();
    }

    private static void collect(Object node, Set<String> references) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("$ref") instanceof String reference) {
                references.add(reference);
            }
            map.values().forEach(child -> collect(child, references));
        } else if (node instanceof List<?> list) {
            list.forEach(child -> collect(child, references));
        }
    }

    private Map<?, ?> operation(Route route) {
        Map<?, ?> path = object(object(description.get("paths")).get(route.path()));
        return object(path.get(route.method().name().toLowerCase(Locale.ROOT)));
    }

    private static Map<String, Route> routes() {
        HttpSources.Subscription subscription = new HttpSources.Subscription(
                "main", new GapLedger(), new MemoryJournal(), InstanceFiles.in(Path.of("nowhere"), "main"), Map.of());
        HttpSources sources = new HttpSources(
                () -> new ServerStatus("1", Instant.EPOCH, List.of(), List.of()), List::of, List.of(subscription));
        Subscriptions subscriptions = new Subscriptions(sources.subscriptions());
        Map<String, Route> routes = new TreeMap<>();
        try (EventStreams streams = new EventStreams(subscriptions)) {
            new Routes(sources, true, streams)
                    .all(subscriptions).stream()
                            .filter(Route::isStrict)
                            .forEach(route -> routes.put(route.method().name() + " " + route.path(), route));
        }
        return routes;
    }

    private static Map<?, ?> description() {
        try (InputStream in = Routes.class.getResourceAsStream("openapi.json")) {
            assertThat(in).isNotNull();
            return object(new Yaml().load(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<?, ?> object(Object node) {
        assertThat(node).isInstanceOf(Map.class);
        return (Map<?, ?>) node;
    }

    private static List<?> list(Object node) {
        return node == null ? List.of() : (List<?>) node;
    }
}
