package io.zoomws.server;

import io.zoomws.journal.RetentionPolicy;
import io.zoomws.server.alert.AlertSettings;
import io.zoomws.server.config.ConfigurationChange;
import io.zoomws.server.config.ConfigurationException;
import io.zoomws.server.config.LoadedConfiguration;
import io.zoomws.server.config.Settings;
import io.zoomws.server.host.PluginHost;
import io.zoomws.server.log.LogSettings;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.server.status.PluginStatus;
import io.zoomws.spi.JournalException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a running server go by its configuration as it is now, as far as that needs neither another connection nor another journal.
 * What is wrong is found before anything is touched. An instance that differs is stopped, which saves its position, and started,
 * which goes on there: nothing is skipped. One reload at a time.
 */
final class Reloader {

    private static final Logger log = LoggerFactory.getLogger(Reloader.class);

    /** How long a constructor is waited for. */
    private static final Duration TO_BUILD = Duration.ofSeconds(5);

    private final ConfigurationSource source;
    private final PluginHost host;
    private final Adjustable adjustable;
    private final Consumer<List<Path>> pluginPath;
    private LoadedConfiguration running; // guarded by this

    /** What goes by other settings without being stopped. */
    record Adjustable(Consumer<RetentionPolicy> retention, Consumer<AlertSettings> alert, Consumer<LogSettings> log) {}

    Reloader(
            LoadedConfiguration running,
            ConfigurationSource source,
            PluginHost host,
            Adjustable adjustable,
            Consumer<List<Path>> pluginPath) {
        this.running = running;
        this.source = source;
        this.host = host;
        this.adjustable = adjustable;
        this.pluginPath = pluginPath;
    }

    /**
     * Reloads.
     *
     * @param told each thing that was done, or was not, as one line; the log has them too
     * @return what has become of it
     */
    synchronized ReloadOutcome reload(Consumer<String> told) {
        LoadedConfiguration read;
        try {
            read = source.read();
        } catch (ConfigurationException e) {
            return refused(String.valueOf(e.getMessage()));
        }
        ConfigurationChange change = ConfigurationChange.between(running, read);
        pluginPath.accept(read.settings().pluginPath());
        List<String> mistakes = mistakes(change, read.settings());
        if (!mistakes.isEmpty()) {
            pluginPath.accept(running.settings().pluginPath());
            return refused("of the plugin instances that are new or changed, these cannot be started:\n  "
                    + String.join("\n  ", mistakes));
        }
        try {
            return apply(change, read, told);
        } catch (PluginException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private static ReloadOutcome refused(String why) {
        String text = "the configuration was NOT reloaded, and nothing has changed: " + why;
        text.lines().forEach(log::error);
        return new ReloadOutcome(true, false, text);
    }

    /** Their plugins are looked at with the plugin folders that count from now on; what runs is not asked again. */
    private List<String> mistakes(ConfigurationChange change, Settings settings) {
        List<String> mistakes = new ArrayList<>();
        for (Settings.PluginInstance plugin : settings.plugins()) {
            if (change.added().contains(plugin.name()) || change.changed().containsKey(plugin.name())) {
                try {
                    host.check(plugin);
                } catch (PluginException e) {
                    mistakes.add(plugin.name() + ": " + e.getMessage());
                }
            }
        }
        return mistakes;
    }

    private ReloadOutcome apply(ConfigurationChange change, LoadedConfiguration read, Consumer<String> told)
            throws PluginException {
        ReloadReport report = new ReloadReport(told);
        adjust(read, Settings::retention, adjustable.retention());
        adjust(read, Settings::alert, adjustable.alert());
        adjust(read, Settings::log, adjustable.log());
        change.atOnce().forEach(report::applied);
        host.configure(read.settings().plugins());
        change.removed().forEach(name -> report.applied("plugin instance " + name + " is no more" + mark(name)));
        running = change.applied();
        change.changed().forEach((name, lines) -> {
            lines.forEach(report::applied);
            host.subscriptions().forEach(subscription -> restart(name, subscription, report));
        });
        change.added().forEach(name -> host.subscriptions().forEach(subscription -> start(name, subscription, report)));
        read.warnings().forEach(log::warn);
        change.pending().forEach(report::pending);
        return report.outcome();
    }

    private <T> void adjust(LoadedConfiguration read, Function<Settings, T> part, Consumer<T> follower) {
        T now = part.apply(read.settings());
        if (!part.apply(running.settings()).equals(now)) {
            follower.accept(now);
        }
    }

    /** The mark stays with the cursor, so that an instance that was left out by mistake loses nothing. */
    private String mark(String removed) {
        boolean required = running.settings().plugins().stream()
                .anyMatch(plugin -> plugin.name().equals(removed) && plugin.required());
        return required
                ? "; retention WAITS for its cursor until you say 'zoom-ws cursors delete " + removed
                        + "' or 'zoom-ws cursors set " + removed + " --required false'"
                : "";
    }

    /** One that an operator has stopped remains so. */
    private void restart(String name, String subscription, ReloadReport report) {
        try {
            if (host.status(name, subscription).state().equals("stopped")) {
                report.applied("plugin instance " + name + " of " + subscription
                        + " remains stopped; 'zoom-ws plugins start " + name + "' starts it");
                return;
            }
            host.stop(name, subscription);
        } catch (PluginException e) {
            report.failed("plugin instance " + name + " of " + subscription + " cannot be stopped: " + e.getMessage());
            return;
        }
        start(name, subscription, report);
    }

    private void start(String name, String subscription, ReloadReport report) {
        String what = "plugin instance " + name + " of " + subscription;
        try {
            host.start(name, subscription);
            PluginStatus now = host.awaitBuilt(name, subscription, TO_BUILD);
            if (now.alive()) {
                report.applied(what + " is " + now.state());
            } else {
                report.failed(what + " does not run: " + now.why().orElse(now.state()));
            }
        } catch (PluginException | JournalException e) {
            report.failed(what + " does not run: " + e.getMessage());
        }
    }
}
