package io.zoomws.plugin.camelroutes;

import io.zoomws.spi.JournalException;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.dsl.yaml.common.exception.UnknownNodeIdException;
import org.apache.camel.dsl.yaml.common.exception.UnsupportedFieldException;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.util.URISupport;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Makes of what Camel throws over a file the line and the reason. Camel quotes what the file holds, passwords too if they are where
 * it does not look for them; so of its words only those are told that name options, keys and schemes.
 */
final class Diagnosis {

    private static final Pattern PLACEHOLDER = Pattern.compile("Property with key \\[([^\\]]+)\\]");

    private final Host host;
    private final CamelContext camel;
    private final Content content;
    private final List<RouteDefinition> routes;

    Diagnosis(Host host, CamelContext camel, Content content, List<RouteDefinition> routes) {
        this.host = host;
        this.camel = camel;
        this.content = content;
        this.routes = routes;
    }

    Mistake of(Throwable thrown) {
        return Thrown.deepest(thrown, Mistake.class)
                .or(() ->
                        Thrown.deepest(thrown, MarkedYamlEngineException.class).map(this::yaml))
                .or(() ->
                        Thrown.deepest(thrown, NoSuchEndpointException.class).map(cause -> noComponent(thrown, cause)))
                .or(() -> Thrown.deepest(thrown, IllegalArgumentException.class)
                        .flatMap(cause -> argument(thrown, cause)))
                .or(() -> Thrown.deepest(thrown, JournalException.class)
                        .map(cause -> new Mistake(line(thrown), String.valueOf(cause.getMessage()), thrown)))
                .or(() -> Thrown.deepest(thrown, ResolveEndpointFailedException.class)
                        .map(cause -> endpoint(thrown, cause)))
                .orElseGet(() -> new Mistake(
                        line(thrown), about(thrown) + "cannot be run (" + Thrown.silent(thrown) + ")", thrown));
    }

    private Mistake yaml(MarkedYamlEngineException thrown) {
        int line = thrown.getProblemMark()
                .or(thrown::getContextMark)
                .map(Mark::getLine)
                .map(number -> number + 1)
                .orElse(0);
        String problem = String.valueOf(thrown.getProblem()).lines().findFirst().orElse("");
        if (thrown instanceof UnsupportedFieldException || thrown instanceof UnknownNodeIdException) {
            // The mark is at the value, which may begin below its key.
            return new Mistake(lineOf(problem.substring(problem.lastIndexOf(' ') + 1), line), problem, thrown);
        }
        boolean syntax = thrown.getClass().getName().startsWith("org.snakeyaml.");
        return new Mistake(
                line, syntax ? "this is no YAML: " + problem : "this is not what Camel's YAML has here", thrown);
    }

    private int lineOf(String key, int last) {
        String[] lines = content.lines();
        for (int line = Math.min(last, lines.length); line > 0; line--) {
            if (lines[line - 1].contains(key + ":")) {
                return line;
            }
        }
        return last;
    }

    private Mistake noComponent(Throwable thrown, NoSuchEndpointException cause) {
        String scheme = scheme(cause.getUri());
        int line = place(scheme + ":").orElse(line(thrown));
        return new Mistake(
                line,
                "there is no component " + scheme + ": put its jar, as a rule camel-" + scheme + "-"
                        + camel.getVersion() + ".jar, and those that it needs into " + host.jars() + ", and restart "
                        + host.instance(),
                thrown);
    }

    private Optional<Mistake> argument(Throwable thrown, IllegalArgumentException cause) {
        String message = String.valueOf(cause.getMessage());
        Matcher placeholder = PLACEHOLDER.matcher(message);
        if (placeholder.find()) {
            String key = placeholder.group(1);
            return Optional.of(new Mistake(
                    place("{{" + key).orElse(line(thrown)),
                    "{{" + key + "}} has no value: set it, or write {{" + key + ":DEFAULT}}",
                    thrown));
        }
        // What our own component says of its options, none of which is a secret.
        return message.startsWith("zoomws:")
                ? Optional.of(new Mistake(line(thrown), message, thrown))
                : Optional.empty();
    }

    private Mistake endpoint(Throwable thrown, ResolveEndpointFailedException cause) {
        String scheme = scheme(cause.getUri());
        int line = place(scheme + ":").orElse(line(thrown));
        String message = String.valueOf(cause.getMessage());
        int unknown = message.indexOf("Unknown parameters=");
        if (unknown >= 0) {
            String names = options(cause.getUri()).keySet().stream()
                    .filter(name -> message.indexOf(name + "=", unknown) >= 0)
                    .collect(Collectors.joining(", "));
            return new Mistake(line, "the component " + scheme + " has no option " + names, thrown);
        }
        return new Mistake(
                line,
                "the endpoint " + scheme + ": cannot be made (" + Thrown.classes(thrown) + "): check its options",
                thrown);
    }

    private static Map<String, Object> options(String uri) {
        try {
            return URISupport.parseQuery(uri.substring(uri.indexOf('?') + 1));
        } catch (URISyntaxException e) {
            return Map.of(); // Then none is named.
        }
    }

    private static String scheme(String uri) {
        return uri.split("[:?]", 2)[0];
    }

    /** The only line with a text, or none. */
    private Optional<Integer> place(String text) {
        int found = 0;
        String[] lines = content.lines();
        for (int line = 1; line <= lines.length; line++) {
            if (lines[line - 1].contains(text)) {
                if (found > 0) {
                    return Optional.empty();
                }
                found = line;
            }
        }
        return found == 0 ? Optional.empty() : Optional.of(found);
    }

    /** Of the route that could not be made, or 0. */
    private int line(Throwable thrown) {
        return failed(thrown).map(RouteChecks::line).orElse(0);
    }

    private String about(Throwable thrown) {
        return failed(thrown).map(route -> "the route " + route.getId() + " ").orElse("it ");
    }

    private Optional<RouteDefinition> failed(Throwable thrown) {
        Optional<String> id = Thrown.deepest(thrown, FailedToCreateRouteException.class)
                .map(FailedToCreateRouteException::getRouteId)
                .or(() -> Thrown.deepest(thrown, FailedToStartRouteException.class)
                        .map(FailedToStartRouteException::getRouteId));
        return routes.stream()
                // One alone needs no name to be the one.
                .filter(route ->
                        routes.size() == 1 || id.filter(route.getId()::equals).isPresent())
                .findFirst();
    }
}
