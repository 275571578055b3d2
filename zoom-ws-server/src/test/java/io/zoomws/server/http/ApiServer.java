package io.zoomws.server.http;

import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.server.access.HttpAccess;
import io.zoomws.server.control.ControlException;
import io.zoomws.server.control.ControlHandler;
import io.zoomws.server.control.ControlRequest;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.gaps.GapLedger;
import io.zoomws.server.host.PluginRequests;
import io.zoomws.server.host.RedriveRequests;
import io.zoomws.server.parking.ParkedStore;
import io.zoomws.server.status.PluginStatus;
import io.zoomws.server.status.ServerStatus;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server over a journal in memory, with the plugin instance mine that does as it is told. */
final class ApiServer implements AutoCloseable {

    final MemoryJournal journal = new MemoryJournal();

    /** What the plugin host was asked for. */
    final List<ControlRequest> asked = new CopyOnWriteArrayList<>();

    private final InstanceFiles files;
    private final HttpServer server;
    private final Client client;

    ApiServer(Path data, HttpAccess access) {
        files = InstanceFiles.in(data, "main");
        Map<String, ControlHandler> handlers = Map.of(
                PluginRequests.STOP, (request, client) -> stopped(request),
                PluginRequests.START, (request, client) -> refused(),
                RedriveRequests.REDRIVE, new RedriveRequests(files));
        HttpSources.Subscription main = new HttpSources.Subscription("main", new GapLedger(), journal, files, handlers);
        ServerStatus status = new ServerStatus("1.2.3", Instant.EPOCH, List.of(), List.of(mine()));
        server = HttpServer.start(
                HttpPort.take(InetAddress.getLoopbackAddress(), 0),
                access,
                new HttpSources(() -> status, List::of, List.of(main)));
        client = new Client(server.address());
    }

    private Map<String, ?> stopped(ControlRequest request) {
        asked.add(request);
        return Map.of("state", "stopped");
    }

    private static Map<String, ?> refused() throws ControlException {
        throw new ControlException("plugin instance mine runs already");
    }

    private static PluginStatus mine() {
        return new PluginStatus(
                "mine",
                "console",
                "main",
                "running",
                Optional.empty(),
                0,
                0,
                0,
                0,
                0,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                0,
                Optional.empty(),
                0,
                Duration.ZERO,
                Optional.empty());
    }

    Client client() {
        return client;
    }

    ParkedStore parked(String instance) {
        return new ParkedStore(files.parked(instance));
    }

    @Override
    public void close() {
        server.close();
    }
}
