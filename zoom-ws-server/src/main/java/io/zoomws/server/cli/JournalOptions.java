package io.zoomws.server.cli;

import io.zoomws.journal.Journals;
import io.zoomws.server.config.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that choose one journal. */
final class JournalOptions {

    /**
     * One journal.
     *
     * @param data the data directory
     * @param subscription whose journal
     */
    record Choice(Path data, String subscription) {}

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(
            names = "--subscription",
            paramLabel = "NAME",
            description = "Whose journal; default: the only one in the data directory.")
    private @Nullable String subscription;

    ConfigurationOptions configuration() {
        return configuration;
    }

    /** The journal that the user means. */
    Choice choose() throws ConfigurationException, CommandException {
        Path data = configuration.dataDirectory();
        List<String> there = Journals.subscriptions(data);
        if (there.isEmpty()) {
            throw new CommandException(
                    "there is no journal in " + data + ": name the data directory of a server with --data");
        }
        String names = String.join(", ", there);
        if (subscription == null) {
            if (there.size() > 1) {
                throw new CommandException(
                        "there are several journals in " + data + ": choose one with --subscription (" + names + ")");
            }
            return new Choice(data, there.get(0));
        }
        if (!there.contains(subscription)) {
            throw new CommandException(
                    "there is no journal of a subscription " + subscription + " in " + data + ", only of: " + names);
        }
        return new Choice(data, subscription);
    }
}
