package io.zoomws.server.plugins;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plugin's record of settings: what it takes, and how it is filled. */
final class SettingsRecord {

    /**
     * A record that is filled.
     *
     * @param settings the record
     * @param mask hides its secrets in what the plugin says from now on
     */
    record Filled(Object settings, Mask mask) {}

    private final Class<?> type;
    private final List<SettingComponent> components;

    private SettingsRecord(Class<?> type, List<SettingComponent> components) {
        this.type = type;
        this.components = components;
    }

    /**
     * Looks at a record; runs nothing of the plugin.
     *
     * @throws Refusal if it is no record, or has a component that can be no setting
     */
    static SettingsRecord of(Class<?> type) throws Refusal {
        if (!type.isRecord()) {
            throw unusable(type, "it is no record");
        }
        Map<String, String> spelled = new LinkedHashMap<>();
        List<SettingComponent> components = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            try {
                SettingComponent read = SettingComponent.of(component);
                components.add(read);
                refuseSecond(type, spelled, read.name(), name);
                if (read.mayBeInFile()) {
                    refuseSecond(type, spelled, read.name() + SettingComponent.FILE, name);
                }
            } catch (IllegalArgumentException e) {
                throw unusable(type, "component " + name + " " + e.getMessage());
            }
        }
        return new SettingsRecord(type, List.copyOf(components));
    }

    private static void refuseSecond(Class<?> type, Map<String, String> spelled, String name, String component)
            throws Refusal {
        String first = spelled.putIfAbsent(name, component);
        if (first != null) {
            throw unusable(type, "components " + first + " and " + component + " are both spelled " + name);
        }
    }

    private static Refusal unusable(Class<?> type, String why) {
        return new Refusal(
                "its settings " + type.getName() + " cannot be used: " + why,
                "mend this class; PluginSettings says what it may hold");
    }

    /** What it takes, in the order of its components. */
    List<SettingComponent> components() {
        return components;
    }

    Class<?> type() {
        return type;
    }

    /**
     * Fills it. Of the plugin, only the record's constructor is run, and the enums that it holds are initialized.
     *
     * @param raw what is set
     * @throws Refusal if anything about it is wrong; it names every mistake
     */
    Filled fill(RawSettings raw) throws Refusal {
        SettingsCheck check = check(raw);
        Mask mask = new Mask(components.stream()
                .filter(component -> component.type().isSecret())
                .flatMap(component -> check.texts(component).stream())
                .toList());
        try {
            Object[] values = components.stream()
                    .map(component -> component.value(check.texts(component)))
                    .toArray();
            return new Filled(constructor().newInstance(values), mask);
        } catch (InvocationTargetException e) {
            throw failed(e.getCause(), raw, mask);
        } catch (Throwable e) { // A stranger's enum may throw anything when it is initialized.
            throw failed(e, raw, mask);
        }
    }

    /**
     * Compares what is set with what it takes. Runs nothing of the plugin.
     *
     * @throws Refusal if anything is unknown, missing or of the wrong type; it names every mistake
     */
    SettingsCheck check(RawSettings raw) throws Refusal {
        SettingsCheck check = SettingsCheck.of(components, raw);
        if (!check.problems().isEmpty()) {
            throw mistakes(check.problems());
        }
        return check;
    }

    private Constructor<?> constructor() throws NoSuchMethodException {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Constructor<?> canonical = type.getDeclaredConstructor(types);
        canonical.setAccessible(true);
        return canonical;
    }

    /** For a plugin that has no such record, where something is set. */
    static Refusal notTaken(RawSettings raw) {
        List<String> keys = new ArrayList<>();
        raw.values()
                .forEach((name, value) ->
                        keys.add(raw.key(name) + (value.origin().isEmpty() ? "" : " (set in " + value.origin() + ")")));
        return new Refusal(
                "it takes no settings, and these are set: " + String.join(", ", keys),
                "remove them, or have the constructor of its handler take a record with @PluginSettings");
    }

    private static Refusal mistakes(List<String> problems) {
        String remedy = "mend the configuration; 'zoom-ws plugins describe' lists what this plugin takes";
        if (problems.size() == 1) {
            return new Refusal("1 mistake in its settings: " + problems.get(0), remedy);
        }
        StringBuilder text = new StringBuilder(problems.size() + " mistakes in its settings:");
        for (int i = 0; i < problems.size(); i++) {
            text.append(" (").append(i + 1).append(") ").append(problems.get(i));
        }
        return new Refusal(text.toString(), remedy);
    }

    private Refusal failed(@Nullable Throwable thrown, RawSettings raw, Mask mask) {
        if (thrown instanceof IllegalArgumentException) {
            String message = Causes.message(thrown, mask);
            if (message != null) {
                return new Refusal("it does not accept its settings: " + message, "mend " + raw.section());
            }
        }
        return new Refusal(
                "its settings " + type.getName() + " cannot be built (" + Causes.line(thrown, mask) + ")",
                "mend its constructor");
    }
}
