package io.zoomws.server.cli;

import io.zoomws.journal.Journals;
import io.zoomws.server.Installation;
import io.zoomws.server.StopRequest;
import io.zoomws.server.config.Configuration;
import io.zoomws.server.config.ConfigurationException;
import io.zoomws.server.config.ConfigurationInputs;
import io.zoomws.server.config.Settings;
import io.zoomws.server.delivery.ReplayRecord;
import io.zoomws.server.delivery.Replays;
import io.zoomws.server.delivery.Speed;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a range of a journal through a plugin. */
@Command(
        name = "replay",
        description = {
            "Runs a range of a journal through a new instance of a plugin, also while a server runs. It has a cursor and parked"
                    + " entries of its own; the cursor of the live instance is not touched. Ctrl-C ends it in order, and"
                    + " --resume goes on, also after a crash. Exit status 0 if everything was handled, 1 if something was"
                    + " parked, or it was stopped early or refused.",
            "",
            "With --format json one object is printed at the end, with the keys name, instance, plugin, subscription,"
                    + " complete, fromSequence, toSequence (exclusive), nextSequence (of the first entry not delivered),"
                    + " handled, gaps, parked (of all its runs; after a crash they may be too small) and seconds (of this"
                    + " run)."
        })
final class ReplayCommand implements Callable<Integer> {

    private static final String PREFIX = "replay-";

    @Mixin
    private final JournalOptions journal = new JournalOptions();

    @Option(
            names = "--plugin",
            paramLabel = "NAME",
            description = "A configured plugin instance, whose settings and filters it has; or else a plugin, see"
                    + " 'plugins list'.")
    private @Nullable String plugin;

    @Option(names = "--as", paramLabel = "NAME", description = "Name of the replay; default: replay-<plugin>.")
    private @Nullable String as;

    @Option(
            names = "--from",
            paramLabel = "P",
            description = "First entry: earliest (default), latest, a sequence number or an ISO-8601 time.")
    private @Nullable Position from;

    @Option(names = "--to", paramLabel = "P", description = "Stop before this entry; default: latest, as of the start.")
    private @Nullable Position to;

    @Option(
            names = "--event",
            paramLabel = "GLOB",
            description = "Only events of this type, for example meeting.*, in place of those of the instance; may be"
                    + " repeated.")
    private @Nullable List<String> events;

    @Option(
            names = "--account",
            paramLabel = "ID",
            description = "Only events of this account, in place of those of the instance; may be repeated.")
    private @Nullable List<String> accounts;

    @Option(
            names = "--speed",
            paramLabel = "S",
            description =
                    "max (default), 1x for the timing with which the entries were received, or another factor such as"
                            + " 10x.")
    private @Nullable Speed speed;

    @Option(names = "--resume", description = "Go on with a replay that was interrupted.")
    private boolean resume;

    @Option(
            names = "--restart",
            description =
                    "Begin anew, although a replay of this name was interrupted or has parked entries; these are discarded.")
    private boolean restart;

    @Option(
            names = "--rebuild",
            description =
                    "Through the live instance, whose handler must be Rebuildable: it forgets what it derived, is handed"
                            + " everything from --from up to where it stood as a replay, and goes on live. In the running"
                            + " server, if there is one; Ctrl-C does not end it there.")
    private boolean rebuild;

    @Option(names = "--force", description = "Replay although the plugin has side effects that are done again.")
    private boolean force;

    @Option(names = "--format", defaultValue = "text", description = "${COMPLETION-CANDIDATES}; default: text.")
    private TableFormat format = TableFormat.text;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final Streams streams;
    private final StopRequest stop;

    ReplayCommand(Streams streams, StopRequest stop) {
        this.streams = streams;
        this.stop = stop;
    }

    /** The name of a replay that was given none. */
    static String standardName(String instance) {
        return PREFIX + instance;
    }

    @Override
    public Integer call() throws Exception {
        requireOptionsThatFit();
        JournalOptions.Choice choice = journal.choose();
        Replays replays = Replays.in(choice.data(), choice.subscription());
        try (JournalReader reader = Journals.openReader(choice.data(), choice.subscription())) {
            if (rebuild) {
                return rebuild(choice, reader);
            }
            return resume ? goOn(choice, replays, reader) : begin(choice, replays, reader);
        }
    }

    private int rebuild(JournalOptions.Choice choice, JournalReader reader) throws Exception {
        ConfigurationInputs inputs = journal.configuration().inputs();
        long first = ReplayRange.forRebuild(from, reader, Clock.systemUTC().instant(), spec.commandLine());
        RebuildRun run = new RebuildRun(choice, streams, stop);
        return run.run(
                String.valueOf(plugin),
                first,
                force,
                () -> run.withoutServer(
                        Configuration.plugins(inputs), Installation.pluginFolders(Configuration.pluginPath(inputs))));
    }

    private void requireOptionsThatFit() {
        if (plugin == null && !resume) {
            throw usage("say which plugin with --plugin");
        }
        boolean others = to != null || events != null || accounts != null || speed != null || as != null;
        if (rebuild && (others || resume || restart || format != TableFormat.text)) {
            throw usage(
                    "--rebuild runs up to where the instance stood, with all that it is handed live: leave out --to, --event,"
                            + " --account, --speed, --as, --resume, --restart and --format");
        }
        boolean fixed = from != null || to != null || events != null || accounts != null || restart;
        if (resume && fixed) {
            throw usage(
                    "--resume goes on with what was begun: leave out --from, --to, --event, --account and --restart");
        }
    }

    private int begin(JournalOptions.Choice choice, Replays replays, JournalReader reader)
            throws ConfigurationException, CommandException, PluginException, IOException {
        ReplayTarget target = target(String.valueOf(plugin));
        target.requireHarmless(force);
        List<String> globs = events == null ? target.events() : events;
        Converters.filter(globs, spec.commandLine());
        Instant now = Clock.systemUTC().instant();
        ReplayRange range = ReplayRange.of(
                from == null ? Position.EARLIEST : from,
                to == null ? Position.LATEST : to,
                reader,
                now,
                spec.commandLine());
        String name = as == null ? standardName(target.name()) : as;
        ReplayRecord record = new ReplayRecord(
                name,
                target.name(),
                target.plugin().name(),
                range.from(),
                range.to(),
                globs,
                accounts == null ? target.accounts() : accounts,
                speed == null ? Speed.MAX : speed,
                now,
                OptionalLong.empty(),
                ReplayRecord.Done.NOTHING);
        ReplayRun run = new ReplayRun(choice, target, streams, stop, format);
        if (range.isEmpty()) {
            streams.messages()
                    .println("zoom-ws: nothing to replay: no entry of " + choice.subscription()
                            + " lies between --from and --to");
            return run.nothing(record);
        }
        try (Replays.Hold hold = take(replays, name)) {
            if (!restart && hold.record().isPresent()) {
                throw interrupted(hold, hold.record().get());
            }
            clearParked(hold, record);
            hold.begin(record);
            return run.run(hold, reader);
        }
    }

    /** What an earlier replay of this name parked would hold up later events of its keys, and is not given up without a word. */
    private void clearParked(Replays.Hold hold, ReplayRecord record) throws CommandException {
        SortedSet<Long> left = hold.parked().sequences();
        if (left.isEmpty()) {
            return;
        }
        String entries = ParkedSelection.count(left.size()) + " from sequence " + left.first() + " to " + left.last();
        if (!hold.ownsParked()) {
            throw new CommandException("a plugin instance " + record.name() + " has parked " + entries
                    + ": choose another name with --as");
        }
        if (!restart) {
            throw new CommandException("an earlier replay " + record.name() + " has parked " + entries
                    + ": have them handled with " + ReplayOutput.again(left) + ", begin something else with --restart,"
                    + " which discards them, or choose another name with --as");
        }
        left.forEach(hold.parked()::discard);
        streams.messages()
                .println("zoom-ws: " + entries + ", parked by an earlier replay " + record.name() + ", discarded");
    }

    private int goOn(JournalOptions.Choice choice, Replays replays, JournalReader reader)
            throws ConfigurationException, CommandException, PluginException, IOException {
        String name = nameToResume(replays, choice);
        try (Replays.Hold hold = take(replays, name)) {
            if (hold.record().isEmpty()) {
                throw new CommandException("there is no interrupted replay " + name + " of " + choice.subscription()
                        + ": begin it without --resume");
            }
            ReplayRecord begun = hold.record().get();
            if (plugin != null && !plugin.equals(begun.instance())) {
                throw usage("--plugin: the replay " + name + " is one of " + begun.instance() + ", not of " + plugin);
            }
            ReplayTarget target = target(begun.instance());
            target.requireHarmless(force);
            if (speed != null) {
                hold.change(begun.at(speed));
            }
            return new ReplayRun(choice, target, streams, stop, format).run(hold, reader);
        }
    }

    private String nameToResume(Replays replays, JournalOptions.Choice choice) throws CommandException {
        if (as != null) {
            return as;
        }
        if (plugin != null) {
            return standardName(plugin);
        }
        List<String> names = replays.names();
        if (names.isEmpty()) {
            throw new CommandException("there is no interrupted replay of " + choice.subscription());
        }
        if (names.size() > 1) {
            throw new CommandException("there are several replays of " + choice.subscription()
                    + ": choose one with --as (" + String.join(", ", names) + ")");
        }
        return names.get(0);
    }

    private ReplayTarget target(String name) throws ConfigurationException, PluginException {
        ConfigurationInputs inputs = journal.configuration().inputs();
        List<Settings.PluginInstance> instances = Configuration.plugins(inputs);
        if (as != null
                && instances.stream().anyMatch(instance -> instance.name().equals(as))) {
            throw usage(
                    "--as: " + as + " is a configured instance, whose cursor no replay may move: choose another name");
        }
        return ReplayTarget.find(
                name,
                instances,
                PluginCatalog.in(Installation.pluginFolders(Configuration.pluginPath(inputs))),
                Configuration.pluginSettings(inputs, name));
    }

    private Replays.Hold take(Replays replays, String name) {
        try {
            return replays.take(name, restart);
        } catch (IllegalArgumentException e) {
            throw usage("--as: " + e.getMessage());
        }
    }

    private static CommandException interrupted(Replays.Hold hold, ReplayRecord record) {
        return new CommandException("the replay " + record.name() + " of sequence " + record.from() + " to "
                + (record.to() - 1) + ", begun at " + record.startedAt() + ", was interrupted before sequence "
                + hold.position().orElse(record.from()) + ": go on with '" + ReplayOutput.resume(record)
                + "', or begin anew with --restart");
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
