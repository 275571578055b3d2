package io.zoomws.server.cli;

import io.zoomws.server.host.PluginRequests;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Stops or starts one plugin instance of a running server. */
abstract sealed class PluginsControlCommand implements Callable<Integer> {

    /** Stops one. */
    @Command(
            name = "stop",
            description = {
                "Stops one plugin instance of the running server; everything else runs on, and what comes meanwhile is kept for it.",
                "",
                "It ends after the event it is busy with. After 2.5 seconds it is interrupted, after 5 it is abandoned: exit status"
                        + " 1. The position is saved; a restart of the server starts it again."
            })
    static final class Stop extends PluginsControlCommand {
        Stop(Streams streams) {
            super(streams, PluginRequests.STOP);
        }
    }

    /** Starts one. */
    @Command(
            name = "start",
            description =
                    "Starts one plugin instance of the running server that does not run, with the jars that are in its folder"
                            + " now. The configuration is not read again.")
    static final class Start extends PluginsControlCommand {
        Start(Streams streams) {
            super(streams, PluginRequests.START);
        }
    }

    /** Stops and starts one. */
    @Command(
            name = "restart",
            description =
                    "Stops one plugin instance of the running server, and starts it with the jars that are in its folder now.")
    static final class Restart extends PluginsControlCommand {
        Restart(Streams streams) {
            super(streams, PluginRequests.RESTART);
        }
    }

    @Mixin
    private final RunningServer server = new RunningServer();

    @Parameters(paramLabel = "NAME", description = "The instance, see 'plugins status'.")
    private String name = "";

    private final Streams streams;
    private final String request;

    private PluginsControlCommand(Streams streams, String request) {
        this.streams = streams;
        this.request = request;
    }

    @Override
    public Integer call() throws Exception {
        Map<String, @Nullable Object> answer = server.ask(request, Map.of(PluginRequests.INSTANCE, name));
        streams.messages().println("zoom-ws: " + Text.printable(String.valueOf(answer.get("text"))));
        return Boolean.TRUE.equals(answer.get("done")) ? ExitStatus.DONE : ExitStatus.FAILED;
    }
}
