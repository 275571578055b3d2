package io.zoomws.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Lays out {@code --help} as a page of a manual: what the command is for in one line, synopsis, description, options, exit status,
 * examples. A test reads each example as the command line would.
 */
final class CommandPages {

    private static final String EXIT_STATUS = "0 done, 1 failed, 2 wrong usage or configuration.";

    private static final int WIDTH = 100;

    private static final Map<String, Page> PAGES = Map.ofEntries(
            page("demo", "Shows the whole on a simulated Zoom.", "--for 30s --rate 100/s", "--data demo-data --port 0"),
            page(
                    "run",
                    "Runs the server.",
                    "",
                    "-c /etc/zoom-ws/zoom-ws.yaml --data /var/lib/zoom-ws",
                    "--standby -c /etc/zoom-ws/zoom-ws.yaml --data /var/lib/zoom-ws"),
            page("doctor", "Looks for what keeps events from coming.", "", "--connect --wait 1m --subscription main"),
            page("simulate", "Runs a simulated Zoom.", "--port 9000 --rate 10/s", "--faults bad-day.yaml"),
            page("journal", "Looks into journals and keeps them.", "stats", "gaps --help"),
            page(
                    "journal cat",
                    "Prints entries.",
                    "--from earliest --event 'meeting.*'",
                    "--kind event --follow --format json"),
            page(
                    "journal find",
                    "Answers whether an event has arrived.",
                    "81234567890",
                    "-i --from 2026-11-01T00:00:00Z ada@example.com"),
            page("journal list", "Prints which journals there are.", "--data /var/lib/zoom-ws"),
            page("journal stats", "Counts entries.", "--per hour --from 2026-11-24T00:00:00Z", "--format json"),
            page(
                    "journal gaps",
                    "Prints when events may have been missed.",
                    "--from 2026-11-01T00:00:00Z",
                    "--format json"),
            page("journal verify", "Reads everything and names what is damaged.", "--data /var/lib/zoom-ws"),
            page(
                    "journal export",
                    "Writes entries to a file.",
                    "-o november.jsonl.zst --compress zstd --from 2026-11-01T00:00:00Z --to 2026-12-01T00:00:00Z",
                    "--format cloudevents --event 'recording.*'"),
            page("journal prune", "Removes the oldest entries.", "--older-than 30d --dry-run", "--keep-free 5GB"),
            page("journal backup", "Copies a journal, beside the running server.", "/mnt/backup/main"),
            page("journal restore", "Makes a journal of a backup.", "/mnt/backup/main --data new-data"),
            page(
                    "replay",
                    "Runs a range of a journal through a plugin.",
                    "--plugin console --from 2026-11-01T00:00:00Z --to latest --event 'meeting.*'",
                    "--plugin console --resume"),
            page("plugins", "Looks after plugins.", "list", "restart console"),
            page("plugins list", "Prints the plugins that were found.", "", "--format json"),
            page("plugins status", "Prints how the instances of the running server are.", "--data /var/lib/zoom-ws"),
            page("plugins stop", "Stops an instance in the running server.", "console"),
            page("plugins start", "Starts a stopped instance.", "console"),
            page("plugins restart", "Stops an instance and starts it anew.", "console"),
            page("plugins describe", "Prints what a plugin is, and its settings.", "attendance"),
            page("cursors", "Looks after where consumers stand.", "list"),
            page("cursors list", "Prints where each consumer stands.", "--data /var/lib/zoom-ws"),
            page("cursors set", "Sets where a consumer goes on.", "console 2026-11-01T00:00:00Z", "console earliest"),
            page("cursors copy", "Gives another cursor the position of this one.", "console console-2"),
            page("cursors delete", "Forgets a cursor.", "console"),
            page("config", "Looks after the configuration.", "check -c /etc/zoom-ws/zoom-ws.yaml"),
            page("config check", "Names every mistake in the configuration.", "-c /etc/zoom-ws/zoom-ws.yaml"),
            page("config show", "Prints what a server would go by.", "--format json"),
            page("config reload", "Has the running server read its configuration.", "--data /var/lib/zoom-ws"),
            page("parked", "Looks after what plugins failed on.", "list"),
            page("parked list", "Prints what instances failed on.", "", "attendance --format json"),
            page("parked show", "Prints one parked entry and its failure.", "attendance 41"),
            page("parked redrive", "Has parked entries delivered again.", "attendance 41 57", "--all attendance"),
            page("parked discard", "Forgets parked entries.", "attendance 41"),
            page("alert", "Tries how somebody is told.", "test"),
            page("alert test", "Tells of a test, as the server would of trouble.", "-c /etc/zoom-ws/zoom-ws.yaml"),
            page("generate-completion", "Prints a completion for bash and zsh.", ""));

    private CommandPages() {}

    /** What a page has that the command's own annotations do not tell. */
    private record Page(String summary, List<String> examples) {}

    /** Lays out the page of a command, if there is one for it: what a command says itself remains. */
    static void layOut(CommandSpec command) {
        UsageMessageSpec usage = command.usageMessage();
        usage.width(WIDTH)
                .descriptionHeading("%n")
                .parameterListHeading("%nParameters:%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n");
        Page page = of(command);
        if (page != null) {
            usage.header(page.summary(), "");
            usage.footer(footer(command, page));
        }
    }

    /** The examples of a command, as typed behind its name; none if there is no page of it. */
    static List<String> examples(CommandSpec command) {
        Page page = of(command);
        return page == null ? List.of() : page.examples();
    }

    private static @Nullable Page of(CommandSpec command) {
        return PAGES.get(command.qualifiedName().replaceFirst("^zoom-ws ?", ""));
    }

    private static String[] footer(CommandSpec command, Page page) {
        List<String> lines = new ArrayList<>(List.of("", "Exit status: " + EXIT_STATUS, "", "Examples:"));
        for (String example : page.examples()) {
            lines.add(("  " + command.qualifiedName() + " " + example).stripTrailing());
        }
        return lines.toArray(String[]::new);
    }

    private static Map.Entry<String, Page> page(String command, String summary, String... examples) {
        return Map.entry(command, new Page(summary, List.of(examples)));
    }
}
