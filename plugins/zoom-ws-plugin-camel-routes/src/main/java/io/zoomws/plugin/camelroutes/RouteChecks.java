package io.zoomws.plugin.camelroutes;

import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.util.URISupport;

/**
 * Looks at the routes of a file before anything is made of them: refuses what cannot be meant inside a server, and gives each route
 * that reads the journal a cursor of its own.
 */
final class RouteChecks implements RouteBuilderLifecycleStrategy {

    private static final String SCHEME = "zoomws:";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** Of the whole name of a cursor, the instance's before it. */
    private static final int LONGEST = 100;

    private final Host host;
    private final CamelContext camel;
    private final Map<String, String> elsewhere;
    private final Set<String> ids = new HashSet<>();
    private final List<RouteDefinition> definitions = new ArrayList<>();
    private final List<RouteName> routes = new ArrayList<>();

    /**
     * Checks one file.
     *
     * @param elsewhere the files of the routes that other files hold, by the id of the route
     */
    RouteChecks(Host host, CamelContext camel, Map<String, String> elsewhere) {
        this.host = host;
        this.camel = camel;
        this.elsewhere = elsewhere;
    }

    @Override
    public void afterConfigure(RouteBuilder builder) {
        for (RouteDefinition route : builder.getRouteCollection().getRoutes()) {
            definitions.add(route);
            routes.add(check(route));
        }
    }

    List<RouteDefinition> definitions() {
        return definitions;
    }

    List<RouteName> routes() {
        return routes;
    }

    static int line(RouteDefinition route) {
        return route.getLineNumber() > 0
                ? route.getLineNumber()
                : Math.max(0, route.getInput().getLineNumber());
    }

    private RouteName check(RouteDefinition route) {
        int line = line(route);
        if (!route.hasCustomIdAssigned()) {
            throw new Mistake(
                    line, "this route has no id, under which its position is saved: add 'id: NAME' to 'route:'");
        }
        String id = route.getId();
        if (!NAME.matcher(id).matches()) {
            throw new Mistake(
                    line,
                    "'" + id
                            + "' is no id for a route here: use letters, digits, dot, hyphen and underscore, beginning with a"
                            + " letter or digit");
        }
        if (!ids.add(id)) {
            throw new Mistake(line, "this file has two routes with the id " + id + ": give each its own");
        }
        String file = elsewhere.get(id);
        if (file != null) {
            throw new Mistake(line, "the route " + id + " is in " + file + " already: give this one another id");
        }
        String uri = camel.resolvePropertyPlaceholders(route.getInput().getUri());
        return uri.startsWith(SCHEME) ? ofJournal(route, id, uri) : new RouteName(id, Optional.empty());
    }

    private RouteName ofJournal(RouteDefinition route, String id, String uri) {
        int line = Math.max(line(route), route.getInput().getLineNumber());
        String[] parts = uri.substring(SCHEME.length()).split("\\?", 2);
        String subscription = parts[0].startsWith("//") ? parts[0].substring(2) : parts[0];
        Map<String, Object> options = options(line, parts.length > 1 ? parts[1] : "");
        if (!subscription.equals(host.subscription())) {
            throw new Mistake(
                    line,
                    "zoomws:" + subscription + " is another subscription than the instance's, " + host.subscription()
                            + ": use zoomws:" + host.subscription()
                            + ", or an instance of camel-routes for the other one");
        }
        if (options.containsKey("data")) {
            throw new Mistake(
                    line, "data is not for routes inside the server, which read its own journal: leave it out");
        }
        String source = String.valueOf(options.getOrDefault("source", "tail"));
        if (source.equals("live")) {
            throw new Mistake(
                    line, "source=live is not for routes inside the server, which receives already: leave it out");
        }
        Object given = options.get("cursor");
        String cursor = given == null ? id : given.toString();
        int longest = LONGEST - host.instance().length() - 1;
        if (cursor.length() > longest) {
            throw new Mistake(
                    line, "the name of the cursor, " + cursor + ", is too long: " + longest + " characters at most");
        }
        if (given == null) {
            String written = route.getInput().getUri();
            route.getInput().setUri(written + (written.contains("?") ? "&" : "?") + "cursor=" + id);
        }
        return new RouteName(id, source.equals("replay") ? Optional.empty() : Optional.of(cursor));
    }

    private static Map<String, Object> options(int line, String query) {
        try {
            return URISupport.parseQuery(query);
        } catch (URISyntaxException e) {
            throw new Mistake(
                    line,
                    "the options behind the question mark cannot be read: write them as name=value&name=value",
                    e);
        }
    }
}
