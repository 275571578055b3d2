package io.zoomws.server.plugins;

import io.zoomws.server.config.EditDistance;
import io.zoomws.server.config.SecretFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares what is set with what a plugin takes, and collects every mistake. Runs nothing of the plugin. */
final class SettingsCheck {

    private final RawSettings raw;
    private final Map<String, List<String>> texts = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private SettingsCheck(RawSettings raw) {
        this.raw = raw;
    }

    static SettingsCheck of(List<SettingComponent> components, RawSettings raw) {
        SettingsCheck check = new SettingsCheck(raw);
        check.findUnknown(components);
        components.forEach(component -> check.texts.put(component.name(), check.textsOf(component)));
        return check;
    }

    /** One line each; no value of a secret. */
    List<String> problems() {
        return problems;
    }

    /** The texts of a component's values, all of them good if there are no problems. */
    List<String> texts(SettingComponent component) {
        return texts.getOrDefault(component.name(), List.of());
    }

    private void findUnknown(List<SettingComponent> components) {
        List<String> known = new ArrayList<>();
        for (SettingComponent component : components) {
            known.add(component.name());
            if (component.mayBeInFile()) {
                known.add(component.name() + SettingComponent.FILE);
            }
        }
        for (String name : raw.values().keySet()) {
            if (!known.contains(name)) {
                String nearest =
                        known.isEmpty() ? "" : "; the nearest known one is " + EditDistance.nearest(name, known);
                problem(name, "unknown" + nearest);
            }
        }
    }

    private List<String> textsOf(SettingComponent component) {
        Optional<String> inFile = component.mayBeInFile() ? fileOf(component) : Optional.empty();
        Optional<String> set = text(component.name());
        if (inFile.isPresent()) {
            if (set.isPresent()) {
                problem(component.name() + SettingComponent.FILE, component.name() + " is set too: use one of the two");
            }
            return secretIn(component, inFile.get());
        }
        if (set.isEmpty() && component.isRequired()) {
            problem(component.name(), missing(component));
        }
        return set.map(text -> checked(component, text))
                .or(() -> component.standard().map(component::texts))
                .orElseGet(List::of);
    }

    private String missing(SettingComponent component) {
        String what = component.typeText() + (component.text().isEmpty() ? "" : ": " + component.text());
        String file = component.mayBeInFile()
                ? ", here or in a file that " + component.name() + SettingComponent.FILE + " names"
                : "";
        return "missing; it must be set (" + what + ")" + file;
    }

    private Optional<String> fileOf(SettingComponent component) {
        return text(component.name() + SettingComponent.FILE);
    }

    private List<String> secretIn(SettingComponent component, String file) {
        try {
            return List.of(SecretFile.text(file, "secret"));
        } catch (IllegalArgumentException e) {
            problem(component.name() + SettingComponent.FILE, String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    private List<String> checked(SettingComponent component, String text) {
        RawSettings.Value value = raw.values().get(component.name());
        if (value != null && value.list() && component.shape() != SettingComponent.Shape.LIST) {
            problem(component.name(), "is a list, where one value is allowed (" + component.typeText() + ")");
            return List.of();
        }
        List<String> texts = component.texts(text);
        for (String one : texts) {
            try {
                component.type().check().accept(one);
            } catch (IllegalArgumentException e) {
                problem(component.name(), Causes.words(String.valueOf(e.getMessage()), Mask.NONE));
            }
        }
        return texts;
    }

    /** What is set under a name; what is empty is not set, as with every key. */
    private Optional<String> text(String name) {
        return Optional.ofNullable(raw.values().get(name))
                .map(RawSettings.Value::text)
                .filter(text -> !text.isBlank());
    }

    private void problem(String name, String text) {
        RawSettings.Value value = raw.values().get(name);
        String origin = value == null || value.origin().isEmpty() ? "" : " (set in " + value.origin() + ")";
        problems.add(Causes.oneLine(raw.key(name) + ": " + text + origin));
    }
}
