package io.zoomws.server.plugins;

import io.zoomws.server.config.Durations;
import io.zoomws.spi.Secret;
import java.lang.reflect.Field;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What one value of a setting may be.
 *
 * @param name as users are told
 * @param check throws an {@link IllegalArgumentException} that says what is allowed; runs nothing of a plugin
 * @param value of a text that was checked; of an enum, it initializes the class
 */
record SettingType(String name, Consumer<String> check, Function<String, Object> value) {

    static final String SECRET = "secret";

    private static final int LONGEST = 100;

    private static final Map<Class<?>, SettingType> PLAIN = plain();

    private static Map<Class<?>, SettingType> plain() {
        Map<Class<?>, SettingType> types = new LinkedHashMap<>();
        types.put(String.class, of("string", text -> text));
        types.put(int.class, of("int", text -> (int) whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE)));
        types.put(long.class, of("long", text -> whole(text, Long.MIN_VALUE, Long.MAX_VALUE)));
        types.put(double.class, of("double", SettingType::number));
        types.put(boolean.class, of("boolean", SettingType::flag));
        types.put(Duration.class, of("duration", Durations::parse));
        types.put(URI.class, of("uri", SettingType::uri));
        types.put(Path.class, of("path", SettingType::path));
        types.put(Secret.class, of(SECRET, Secret::new));
        // As elements of lists and optionals these are boxed.
        types.put(Integer.class, types.get(int.class));
        types.put(Long.class, types.get(long.class));
        types.put(Double.class, types.get(double.class));
        types.put(Boolean.class, types.get(boolean.class));
        return types;
    }

    /** The type of a component or element; empty if the contract has none for this class. */
    static Optional<SettingType> of(Class<?> type) {
        return type.isEnum() ? Optional.of(ofEnum(type)) : Optional.ofNullable(PLAIN.get(type));
    }

    private static SettingType of(String name, Function<String, Object> parse) {
        return new SettingType(
                name,
                text -> {
                    Object ignored = parse.apply(text);
                },
                parse);
    }

    boolean isSecret() {
        return name.equals(SECRET);
    }

    private static SettingType ofEnum(Class<?> type) {
        Map<String, Field> constants = new LinkedHashMap<>();
        // Not getEnumConstants, which would run the plugin's code.
        Arrays.stream(type.getDeclaredFields())
                .filter(Field::isEnumConstant)
                .forEach(field ->
                        constants.put(field.getName().toLowerCase(Locale.ROOT).replace('_', '-'), field));
        String names = String.join(", ", constants.keySet());
        return new SettingType(
                "one of " + names,
                text -> {
                    if (!constants.containsKey(text)) {
                        throw new IllegalArgumentException(quoted(text) + " is none of " + names);
                    }
                },
                text -> constant(Objects.requireNonNull(constants.get(text))));
    }

    private static Object constant(Field field) {
        try {
            field.setAccessible(true);
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a field that was made accessible is not", e);
        }
    }

    /** Without leading zeros: YAML takes {@code 010} for eight, people take it for ten. */
    private static long whole(String text, long least, long most) {
        if (!text.matches("0|-?[1-9][0-9]*")) {
            throw new IllegalArgumentException(quoted(text) + " is no whole number such as 25");
        }
        BigInteger number = new BigInteger(text);
        if (number.compareTo(BigInteger.valueOf(least)) < 0 || number.compareTo(BigInteger.valueOf(most)) > 0) {
            throw new IllegalArgumentException(
                    quoted(text) + " is out of range: from " + least + " to " + most + " is allowed");
        }
        return number.longValue();
    }

    private static double number(String text) {
        double number = text.matches("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?") ? Double.parseDouble(text) : Double.NaN;
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(quoted(text) + " is no number such as 2.5");
        }
        return number;
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(quoted(text) + " is neither true nor false");
        }
        return text.equals("true");
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // Neither the text nor the cause, which repeats it: what users paste here may hold a token.
            throw withoutCause("this is no address such as https://host/path");
        }
    }

    private static IllegalArgumentException withoutCause(String message) {
        return new IllegalArgumentException(message);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(quoted(text) + " is no path", e);
        }
    }

    private static String quoted(String text) {
        String oneLine = Causes.oneLine(text);
        return "'" + (oneLine.length() <= LONGEST ? oneLine : oneLine.substring(0, LONGEST) + "…") + "'";
    }
}
