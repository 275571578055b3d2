package io.zoomws.server.http;

import io.javalin.http.Context;
import io.zoomws.server.access.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;

/** Everything that can be asked for. {@code openapi.json} describes what is below {@code /api}; a test compares the two. */
final class Routes {

    private static final String PLUGIN = "/api/v1/plugins/{name}/";

    private final HttpSources sources;
    private final boolean toldToAll;
    private final EventStreams streams;

    /**
     * The routes of a server.
     *
     * @param toldToAll whether whoever cannot show a token is told why a server is not ready; it names subscriptions
     * @param streams closed by the caller
     */
    Routes(HttpSources sources, boolean toldToAll, EventStreams streams) {
        this.sources = sources;
        this.toldToAll = toldToAll;
        this.streams = streams;
    }

    List<Route> all(Subscriptions subscriptions) {
        Clock clock = Clock.systemUTC();
        Gaps gaps = new Gaps(subscriptions, clock);
        Metrics metrics = new Metrics(sources.status(), sources.numbers(), clock);
        EntryPages events = new EntryPages(subscriptions, System::nanoTime);
        ParkedPages parked = new ParkedPages(subscriptions);
        PluginActions actions = new PluginActions(subscriptions, sources.status());
        Dashboard dashboard = new Dashboard();
        byte[] description = description();
        return List.of(
                Route.open("/", dashboard::page),
                Route.open("/assets/{name}", dashboard::asset),
                Route.open(
                        "/health/live", request -> answer(request, Health.live().bare())),
                Route.open(
                        "/health/ready",
                        request -> answer(request, Health.ready(sources.status().get()), false)),
                Route.open(
                        "/health/receiving",
                        request -> answer(
                                request, Health.receiving(sources.status().get()), true)),
                Route.read("/metrics", List.of(), request -> request.contentType(Metrics.CONTENT_TYPE)
                        .result(metrics.scrape())),
                Route.open("/api/v1/openapi.json", request -> answer(request, description)),
                Route.read("/api/v1/session", List.of(), request -> answer(request, session(Caller.of(request)))),
                Route.read(
                        "/api/v1/status",
                        List.of(),
                        request -> answer(
                                request, StatusJson.status(sources.status().get(), clock.instant()))),
                Route.read("/api/v1/gaps", Gaps.PARAMETERS, request -> answer(request, gaps.answer(request))),
                Route.read(
                        "/api/v1/plugins",
                        List.of(),
                        request -> answer(
                                request, StatusJson.plugins(sources.status().get(), clock.instant()))),
                Route.read("/api/v1/events", EntryPages.PARAMETERS, request -> answer(request, events.answer(request))),
                Route.read("/api/v1/events/stream", EventStreams.PARAMETERS, streams::answer),
                Route.read(
                        "/api/v1/parked", ParkedPages.PARAMETERS, request -> answer(request, parked.answer(request))),
                Route.operate(PLUGIN + "pause", actions::pause),
                Route.operate(PLUGIN + "resume", actions::resume),
                Route.operate(PLUGIN + "redrive", actions::redrive),
                Route.operate(PLUGIN + "replay", actions::replay));
    }

    /** Whoever has shown no right to know more is told no names. */
    private void answer(Context request, HealthReport report, boolean withSince) {
        boolean told = toldToAll || Caller.of(request).may(Role.READ);
        answer(request.status(report.httpStatus()), told ? report.json(withSince) : report.bare());
    }

    private static byte[] session(Caller caller) {
        return Json.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("role", caller.roleName());
            out.writeBooleanField("authenticated", caller.authenticated());
            out.writeEndObject();
        });
    }

    private static byte[] description() {
        try (InputStream in = Routes.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("the description of the API is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the description of the API cannot be read", e);
        }
    }

    private static void answer(Context request, byte[] json) {
        request.contentType(Json.CONTENT_TYPE).result(json);
    }
}
