package io.zoomws.server.cli;

import io.zoomws.server.StopRequest;
import io.zoomws.simulator.FaultScript;
import io.zoomws.simulator.FaultScriptException;
import io.zoomws.simulator.SimulatorSettings;
import io.zoomws.simulator.SimulatorStats;
import io.zoomws.simulator.ZoomSimulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A simulated Zoom. */
@Command(
        name = "simulate",
        description =
                "Runs a simulated Zoom on this machine until it is told to stop, and prints what a client needs, ready to"
                        + " paste into a shell. POST /events takes an event to send, GET /stats tells what was sent.")
final class SimulateCommand implements Callable<Integer> {

    @Option(names = "--port", defaultValue = "0", description = "Default: 0, any free one.")
    private int port;

    @Option(
            names = "--rate",
            paramLabel = "N/s",
            defaultValue = "5/s",
            description = "Events per second; default: 5/s; 0: only what is posted.")
    private Rate rate = new Rate(5);

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "0",
            description = "Events in all; default: 0, without end.")
    private long count;

    @Option(
            names = "--events",
            paramLabel = "DIR",
            description = "JSON files to send over and over, instead of the story of meetings.")
    private @Nullable Path events;

    @Option(
            names = "--faults",
            paramLabel = "SCRIPT",
            description =
                    "What goes wrong, and when: a YAML file as zoom-ws-simulator/FAULTS.md describes it. POST /faults"
                            + " takes another at any time.")
    private @Nullable Path faults;

    private final Streams streams;
    private final StopRequest stop;

    SimulateCommand(Streams streams, StopRequest stop) {
        this.streams = streams;
        this.stop = stop;
    }

    @Override
    public Integer call() throws Exception {
        SimulatorSettings settings = settings();
        try (ZoomSimulator simulator = ZoomSimulator.start(settings)) {
            print(simulator);
            stop.await();
            simulator.stopSending();
            SimulatorStats stats = simulator.stats();
            streams.messages()
                    .println("sent " + stats.eventsSent() + ", missed " + stats.eventsMissed()
                            + " while no client was connected, connections " + stats.connectionsOpened()
                            + (faults == null ? "" : ", faults " + stats.faultsDone()));
        }
        return ExitStatus.DONE;
    }

    private SimulatorSettings settings() throws CommandException {
        try {
            SimulatorSettings settings = SimulatorSettings.standard()
                    .withPort(port)
                    .withEventsPerSecond(rate.eventsPerSecond())
                    .withCount(count);
            if (events != null) {
                settings = settings.withEventsDirectory(events);
            }
            return faults == null ? settings : settings.withFaults(FaultScript.parse(faults));
        } catch (FaultScriptException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
    }

    private void print(ZoomSimulator simulator) throws IOException {
        SimulatorSettings app = simulator.settings();
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("ZOOM_CLIENT_ID", app.clientId());
        variables.put("ZOOM_CLIENT_SECRET", app.clientSecret());
        variables.put("ZOOM_ACCOUNT_ID", app.accountId());
        variables.put("ZOOM_SUBSCRIPTION_ID", app.subscriptionId());
        variables.put("ZOOMWS_SUBSCRIPTIONS_MAIN_TOKEN_URL", simulator.tokenUrl());
        variables.put("ZOOMWS_SUBSCRIPTIONS_MAIN_WEBSOCKET_URL", simulator.webSocketUrl());
        StringBuilder text = new StringBuilder("# A simulated Zoom. Paste these lines where zoom-ws run is to run.\n");
        variables.forEach((name, value) ->
                text.append("export ").append(name).append('=').append(value).append('\n'));
        streams.data().write(text.toString().getBytes(StandardCharsets.UTF_8));
        streams.data().flush();
    }
}
