package io.zoomws.server.cli;

import io.zoomws.server.HangUp;
import io.zoomws.server.Installation;
import io.zoomws.server.StopRequest;
import io.zoomws.server.config.ConfigurationException;
import io.zoomws.server.control.ControlException;
import io.zoomws.server.http.HttpServerException;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.simulator.FaultScriptException;
import io.zoomws.simulator.SimulatorException;
import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * All commands. Exit status: 0 done, 1 failed, 2 wrong usage or configuration. Whatever was to be expected is told in one line
 * on standard error; a stack trace is a bug of ours.
 */
public final class CommandLineInterface {

    private static final Logger log = LoggerFactory.getLogger(CommandLineInterface.class);

    private CommandLineInterface() {}

    @Command(
            name = "zoom-ws",
            versionProvider = Version.class,
            mixinStandardHelpOptions = true,
            description = "Receives the events of a Zoom account, journals them durably and delivers them to plugins.",
            footer = {"", "Exit status: 0 done, 1 failed, 2 wrong usage or configuration."})
    private static final class Top {}

    /** A command that only has commands below it. */
    @Command
    private static final class Group implements Runnable {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(
                    spec.commandLine(),
                    "say which: " + String.join(", ", spec.subcommands().keySet()));
        }
    }

    private static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"zoom-ws " + Installation.version()};
        }
    }

    /**
     * Runs one command.
     *
     * @param arguments as the user typed them
     * @param data where its output goes
     * @param messages where all else goes
     * @param stop asked when the command is to end early
     * @return the exit status
     */
    public static int run(String[] arguments, OutputStream data, PrintStream messages, StopRequest stop) {
        return run(arguments, data, messages, stop, new HangUp());
    }

    /**
     * Runs one command.
     *
     * @param arguments as the user typed them
     * @param data where its output goes
     * @param messages where all else goes
     * @param stop asked when the command is to end early
     * @param hangUp told what SIGHUP means to it
     * @return the exit status
     */
    public static int run(
            String[] arguments, OutputStream data, PrintStream messages, StopRequest stop, HangUp hangUp) {
        return create(new Streams(data, messages), stop, hangUp).execute(arguments);
    }

    static CommandLine create(Streams streams, StopRequest stop, HangUp hangUp) {
        CommandLine journal = group("journal", "Looks into journals and keeps them; works beside a running server.")
                .addSubcommand(new JournalCatCommand(streams, stop))
                .addSubcommand(new JournalFindCommand(streams, stop))
                .addSubcommand(new JournalListCommand(streams))
                .addSubcommand(new JournalStatsCommand(streams, stop))
                .addSubcommand(new JournalGapsCommand(streams, stop))
                .addSubcommand(new JournalVerifyCommand(streams, stop))
                .addSubcommand(new JournalExportCommand(streams, stop))
                .addSubcommand(new JournalPruneCommand(streams))
                .addSubcommand(new JournalBackupCommand(streams))
                .addSubcommand(new JournalRestoreCommand(streams));
        CommandLine cursors = group("cursors", "Shows and sets where the consumers of a journal stand.")
                .addSubcommand(new CursorsListCommand(streams))
                .addSubcommand(new CursorsSetCommand(streams))
                .addSubcommand(new CursorsCopyCommand(streams))
                .addSubcommand(new CursorsDeleteCommand(streams));
        CommandLine plugins = group(
                        "plugins", "Looks into the plugin folders; stops and starts the plugins of a running server.")
                .addSubcommand(new PluginsListCommand(streams))
                .addSubcommand(new PluginsStatusCommand(streams))
                .addSubcommand(new PluginsControlCommand.Stop(streams))
                .addSubcommand(new PluginsControlCommand.Start(streams))
                .addSubcommand(new PluginsControlCommand.Restart(streams))
                .addSubcommand(new PluginsDescribeCommand(streams));
        CommandLine parked = group(
                        "parked", "Looks after what plugin instances failed on; works beside a running server.")
                .addSubcommand(new ParkedListCommand(streams))
                .addSubcommand(new ParkedShowCommand(streams))
                .addSubcommand(new ParkedRedriveCommand(streams))
                .addSubcommand(new ParkedDiscardCommand(streams));
        CommandLine config = group("config", "Checks and shows the configuration; has a running server read it again.")
                .addSubcommand(new ConfigCheckCommand(streams))
                .addSubcommand(new ConfigShowCommand(streams))
                .addSubcommand(new ConfigReloadCommand(streams));
        CommandLine alert = group("alert", "Tries whether those are told who should be when something is wrong.")
                .addSubcommand(new AlertTestCommand(streams));
        CommandLine top = new CommandLine(new Top())
                .addSubcommand(new DemoCommand(streams, stop))
                .addSubcommand(new RunCommand(stop, hangUp))
                .addSubcommand(new DoctorCommand(streams, stop))
                .addSubcommand(new SimulateCommand(streams, stop))
                .addSubcommand(journal)
                .addSubcommand(new ReplayCommand(streams, stop))
                .addSubcommand(plugins)
                .addSubcommand(cursors)
                .addSubcommand(config)
                .addSubcommand(parked)
                .addSubcommand(alert)
                .addSubcommand(new AutoComplete.GenerateCompletion())
                .addSubcommand(new CommandLine.HelpCommand());
        withHelp(top);
        return Converters.register(top)
                .setOut(new PrintWriter(streams.data(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(streams.messages(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((e, arguments) -> tellUsage(e, streams))
                .setExecutionExceptionHandler((e, command, result) -> tellFailure(e, streams));
    }

    private static CommandLine group(String name, String description) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new Group());
        spec.name(name).usageMessage().description(description);
        return new CommandLine(spec);
    }

    private static void withHelp(CommandLine command) {
        for (CommandLine below : command.getSubcommands().values()) {
            if (!below.getCommandName().equals("help")) {
                below.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new Version());
                CommandPages.layOut(below.getCommandSpec());
            }
            withHelp(below);
        }
    }

    private static int tellUsage(ParameterException e, Streams streams) {
        CommandLine command = e.getCommandLine();
        streams.messages().println("zoom-ws: " + Text.printable(String.valueOf(e.getMessage())));
        streams.messages().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitStatus.USAGE;
    }

    private static int tellFailure(Exception e, Streams streams) {
        boolean expected = e instanceof ConfigurationException
                || e instanceof CommandException
                || e instanceof ControlException
                || e instanceof JournalException
                || e instanceof PluginException
                || e instanceof HttpServerException
                || e instanceof SimulatorException
                || e instanceof FaultScriptException
                || e instanceof IOException;
        if (expected && isClosedPipe(e)) {
            log.debug("whoever read the output has closed it", e);
        } else if (expected) {
            streams.messages().println("zoom-ws: " + e.getMessage());
        } else {
            log.error("this is a bug of zoom-ws", e);
        }
        boolean usage = e instanceof ConfigurationException || e instanceof FaultScriptException;
        return usage ? ExitStatus.USAGE : ExitStatus.FAILED;
    }

    /** As with {@code zoom-ws journal cat | head}: the reader has seen enough, and there is nobody to tell. */
    private static boolean isClosedPipe(Exception e) {
        return e instanceof IOException && "Broken pipe".equals(e.getMessage());
    }
}
