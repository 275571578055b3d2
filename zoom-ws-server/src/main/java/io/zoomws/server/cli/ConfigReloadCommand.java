package io.zoomws.server.cli;

import io.zoomws.server.ReloadRequests;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Has the running server read its configuration again. */
@Command(
        name = "reload",
        description = {
            "Has the running server read its configuration again and go by it, without giving up its connection: plugin"
                    + " instances that are new, gone or changed, plugin-path and retention. Prints what was applied, and what"
                    + " needs a restart.",
            "",
            "An instance that changed is stopped and goes on where it stood; nothing is skipped. A configuration with a mistake"
                    + " changes nothing: exit status 2. SIGHUP does the same and tells the log.",
            "",
            "It is the server's configuration, file and variables, that is read; --config and --data only say where the server is."
        })
final class ConfigReloadCommand implements Callable<Integer> {

    @Mixin
    private final RunningServer server = new RunningServer();

    private final Streams streams;

    ConfigReloadCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        Map<String, @Nullable Object> answer =
                server.ask(ReloadRequests.RELOAD, Map.of(), told -> say(told.get("line")));
        String.valueOf(answer.get("text")).lines().forEach(line -> streams.messages()
                .println("zoom-ws: " + Text.printable(line)));
        if (Boolean.TRUE.equals(answer.get("refused"))) {
            return ExitStatus.USAGE;
        }
        return Boolean.TRUE.equals(answer.get("complete")) ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private void say(@Nullable Object line) {
        streams.messages().println(Text.printable(String.valueOf(line)));
    }
}
