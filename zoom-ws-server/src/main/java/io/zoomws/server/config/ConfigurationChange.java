package io.zoomws.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What differs between the configuration that runs and one that was read, by what has to happen before it counts.
 *
 * @param atOnce what counts without anything being stopped, one line a key
 * @param removed names of the plugin instances that are no more
 * @param added names of the plugin instances that are new
 * @param changed what differs of plugin instances that remain, one line a key, by their name
 * @param pending what counts after a restart of the server only, one line each
 * @param applied what runs when all but the pending is applied; against this the next one is compared
 */
public record ConfigurationChange(
        List<String> atOnce,
        List<String> removed,
        List<String> added,
        Map<String, List<String>> changed,
        List<String> pending,
        LoadedConfiguration applied) {

    /** Stands for a value that is not there. */
    private static final String NONE = "(none)";

    /**
     * Compares key by key.
     *
     * @param running what runs
     * @param read what was read
     * @return what differs; no value of a secret
     */
    public static ConfigurationChange between(LoadedConfiguration running, LoadedConfiguration read) {
        List<String> before = names(running.settings().plugins());
        List<String> after = names(read.settings().plugins());
        Map<Reload, List<Difference>> differences = differences(running, read).stream()
                .collect(Collectors.groupingBy(Difference::reload, LinkedHashMap::new, Collectors.toList()));
        Map<String, List<String>> changed = new LinkedHashMap<>();
        for (Difference difference : differences.getOrDefault(Reload.INSTANCE, List.of())) {
            if (before.contains(difference.name()) && after.contains(difference.name())) {
                changed.computeIfAbsent(difference.name(), name -> new ArrayList<>())
                        .add(difference.line());
            }
        }
        List<String> atOnce = new ArrayList<>(lines(differences.getOrDefault(Reload.AT_ONCE, List.of())));
        if (!running.settings().alert().equals(read.settings().alert())
                && atOnce.stream().noneMatch(line -> line.startsWith("zoomws.alert."))) {
            atOnce.add("zoomws.alert: the file that it names holds something else");
        }
        return new ConfigurationChange(
                atOnce,
                without(before, after),
                without(after, before),
                changed,
                pending(running.settings(), read.settings(), differences.getOrDefault(Reload.RESTART, List.of())),
                applied(running, read));
    }

    /**
     * Whether nothing differs.
     *
     * @return true if there is nothing to be done or told
     */
    public boolean isEmpty() {
        return Stream.of(atOnce, removed, added, pending).allMatch(List::isEmpty) && changed.isEmpty();
    }

    private static List<String> pending(Settings running, Settings read, List<Difference> differences) {
        List<String> before = running.subscriptions().stream()
                .map(Settings.Subscription::name)
                .toList();
        List<String> after =
                read.subscriptions().stream().map(Settings.Subscription::name).toList();
        List<String> lines = new ArrayList<>();
        without(before, after).forEach(name -> lines.add(Key.SUBSCRIPTIONS + "." + name + ": removed"));
        without(after, before).forEach(name -> lines.add(Key.SUBSCRIPTIONS + "." + name + ": added"));
        List<Difference> told = differences.stream()
                .filter(difference -> !difference.key().startsWith(Key.SUBSCRIPTIONS + ".")
                        || (before.contains(difference.name()) && after.contains(difference.name())))
                .toList();
        lines.addAll(lines(told));
        lines.addAll(filesChanged(running, read, told));
        return lines;
    }

    /** What is in a file may change while its path does not. */
    private static List<String> filesChanged(Settings running, Settings read, List<Difference> told) {
        List<String> lines = new ArrayList<>();
        for (Settings.Subscription subscription : read.subscriptions()) {
            String section = Key.SUBSCRIPTIONS + "." + subscription.name();
            boolean differs = running.subscriptions().stream()
                    .anyMatch(other -> other.name().equals(subscription.name()) && !other.equals(subscription));
            if (differs && told.stream().noneMatch(difference -> difference.isBelow(section))) {
                lines.add(section + ": a file that it names holds something else");
            }
        }
        fileChanged("zoomws.connection", running.connection().equals(read.connection()), told)
                .ifPresent(lines::add);
        fileChanged("zoomws.http", running.http().equals(read.http()), told).ifPresent(lines::add);
        return lines;
    }

    private static Optional<String> fileChanged(String section, boolean same, List<Difference> told) {
        return same || told.stream().anyMatch(difference -> difference.isBelow(section))
                ? Optional.empty()
                : Optional.of(section + ": a file that it names holds something else");
    }

    private static LoadedConfiguration applied(LoadedConfiguration running, LoadedConfiguration read) {
        Settings old = running.settings();
        Settings settings = new Settings(
                old.data(),
                old.subscriptions(),
                read.settings().pluginPath(),
                old.connection(),
                read.settings().plugins(),
                old.http(),
                old.storage(),
                read.settings().retention(),
                read.settings().alert(),
                read.settings().log());
        List<EffectiveSetting> effective = Stream.concat(
                        running.effective().stream().filter(setting -> setting.reload() == Reload.RESTART),
                        read.effective().stream().filter(setting -> setting.reload() != Reload.RESTART))
                .toList();
        return new LoadedConfiguration(settings, effective, read.warnings());
    }

    private static List<Difference> differences(LoadedConfiguration running, LoadedConfiguration read) {
        Map<String, EffectiveSetting> before = byKey(running);
        Map<String, EffectiveSetting> after = byKey(read);
        Set<String> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(after.keySet());
        return keys.stream()
                .map(key -> new Difference(key, before.get(key), after.get(key)))
                .filter(Difference::isOne)
                .toList();
    }

    private static Map<String, EffectiveSetting> byKey(LoadedConfiguration configuration) {
        return configuration.effective().stream()
                .collect(Collectors.toMap(
                        EffectiveSetting::key, Function.identity(), (first, second) -> first, LinkedHashMap::new));
    }

    private static List<String> names(List<Settings.PluginInstance> instances) {
        return instances.stream().map(Settings.PluginInstance::name).toList();
    }

    private static List<String> without(List<String> names, List<String> others) {
        return names.stream().filter(name -> !others.contains(name)).toList();
    }

    private static List<String> lines(List<Difference> differences) {
        return differences.stream().map(Difference::line).toList();
    }

    /** One key before and after; null where it is not there at all, as of an instance that is new. */
    private record Difference(
            String key,
            @Nullable EffectiveSetting before,
            @Nullable EffectiveSetting after) {

        boolean isOne() {
            return before == null || after == null || !before.hasValueOf(after);
        }

        Reload reload() {
            EffectiveSetting one = after == null ? before : after;
            return one == null ? Reload.RESTART : one.reload();
        }

        /** Of the subscription or instance, if it belongs to one. */
        String name() {
            String[] parts = key.split("\\.", -1);
            return parts.length > 3 ? parts[2] : "";
        }

        boolean isBelow(String section) {
            return key.startsWith(section + ".");
        }

        String line() {
            String from = shown(before);
            String to = shown(after);
            return key + ": " + (from.equals(to) ? "changed" : from + " -> " + to);
        }

        private static String shown(@Nullable EffectiveSetting setting) {
            return Optional.ofNullable(setting).flatMap(EffectiveSetting::value).orElse(NONE);
        }
    }
}
