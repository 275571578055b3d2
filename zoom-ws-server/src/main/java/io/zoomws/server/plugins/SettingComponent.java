package io.zoomws.server.plugins;

import io.zoomws.server.config.CommaList;
import io.zoomws.spi.Setting;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One setting that a plugin takes: a component of its record.
 *
 * @param name as it is spelled in the configuration
 * @param type of its value, or of each of its values
 * @param shape how many values it has
 * @param standard the value when nothing is set
 * @param text what it is for; may be empty
 */
record SettingComponent(String name, SettingType type, Shape shape, Optional<String> standard, String text) {

    /** Added to the name of a secret: the path of a file that holds it. */
    static final String FILE = "-file";

    /** How many values a setting has. */
    enum Shape {
        ONE,
        OPTIONAL,
        LIST
    }

    /**
     * Reads a component; runs nothing of the plugin.
     *
     * @throws IllegalArgumentException if there is no setting of its type; the message begins with what it is
     */
    static SettingComponent of(RecordComponent component) {
        Shape shape = shape(component.getType());
        Type element = shape == Shape.ONE ? component.getType() : element(component.getGenericType());
        SettingType type = (element instanceof Class<?> known ? SettingType.of(known) : Optional.<SettingType>empty())
                .orElseThrow(() -> new IllegalArgumentException(
                        "is a " + component.getGenericType().getTypeName() + ", which no setting can be"));
        Setting setting = component.getAnnotation(Setting.class);
        Optional<String> standard =
                Optional.ofNullable(setting).map(Setting::standard).filter(value -> !value.equals(Setting.REQUIRED));
        SettingComponent read = new SettingComponent(
                spelled(component.getName()), type, shape, standard, setting == null ? "" : setting.text());
        standard.ifPresent(read::checkStandard);
        return read;
    }

    private void checkStandard(String value) {
        try {
            texts(value).forEach(type.check());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has a standard that is wrong: " + e.getMessage(), e);
        }
    }

    /** The texts of the values in a text that was set. */
    List<String> texts(String set) {
        return shape == Shape.LIST ? CommaList.split(set) : List.of(set);
    }

    /** The value of the component. */
    Object value(List<String> texts) {
        List<Object> values = texts.stream().map(type.value()).collect(Collectors.toUnmodifiableList());
        return switch (shape) {
            case ONE -> values.get(0);
            case OPTIONAL -> values.stream().findFirst();
            case LIST -> values;
        };
    }

    boolean isRequired() {
        return shape == Shape.ONE && standard.isEmpty();
    }

    /** Whether a file may hold it. */
    boolean mayBeInFile() {
        return type.isSecret() && shape != Shape.LIST;
    }

    /** The type as users are told. */
    String typeText() {
        return switch (shape) {
            case ONE -> type.name();
            case OPTIONAL -> type.name() + ", optional";
            case LIST -> "list of " + type.name();
        };
    }

    /** {@code replyTo} is {@code reply-to}. */
    static String spelled(String component) {
        return component
                .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
                .replace('_', '-')
                .toLowerCase(Locale.ROOT);
    }

    private static Shape shape(Class<?> type) {
        if (type == List.class) {
            return Shape.LIST;
        }
        return type == Optional.class ? Shape.OPTIONAL : Shape.ONE;
    }

    private static Type element(Type type) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : type;
    }
}
