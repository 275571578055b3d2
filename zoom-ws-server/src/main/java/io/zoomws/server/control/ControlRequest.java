package io.zoomws.server.control;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a command asks of a running server.
 *
 * @param name of the request, such as {@code plugins.stop}
 * @param fields what else it says: texts, numbers and booleans, and lists of these
 */
public record ControlRequest(String name, Map<String, ?> fields) {

    /** Takes a copy of the fields. */
    public ControlRequest {
        fields = Map.copyOf(fields);
    }

    /**
     * A text that may be left out.
     *
     * @param key of the field
     * @return its value
     * @throws ControlException if it is something else
     */
    public Optional<String> text(String key) throws ControlException {
        return Optional.ofNullable(of(key, String.class));
    }

    /**
     * A text that must be there.
     *
     * @param key of the field
     * @return its value
     * @throws ControlException if it is missing or something else
     */
    public String requiredText(String key) throws ControlException {
        return text(key).orElseThrow(() -> new ControlException("the request " + name + " needs the field " + key));
    }

    /**
     * A list of texts.
     *
     * @param key of the field
     * @return empty if it is left out
     * @throws ControlException if it is something else
     */
    public List<String> texts(String key) throws ControlException {
        List<?> values = of(key, List.class);
        if (values == null) {
            return List.of();
        }
        if (!values.stream().allMatch(String.class::isInstance)) {
            throw wrong(key);
        }
        return values.stream().map(String.class::cast).toList();
    }

    /**
     * A list of whole numbers.
     *
     * @param key of the field
     * @return empty if it is left out
     * @throws ControlException if it is something else
     */
    public List<Long> numbers(String key) throws ControlException {
        List<?> values = of(key, List.class);
        if (values == null) {
            return List.of();
        }
        if (!values.stream().allMatch(Long.class::isInstance)) {
            throw wrong(key);
        }
        return values.stream().map(Long.class::cast).toList();
    }

    /**
     * Yes or no.
     *
     * @param key of the field
     * @return no if it is left out
     * @throws ControlException if it is something else
     */
    public boolean flag(String key) throws ControlException {
        return Boolean.TRUE.equals(of(key, Boolean.class));
    }

    private <T> @Nullable T of(String key, Class<T> type) throws ControlException {
        Object value = fields.get(key);
        if (value != null && !type.isInstance(value)) {
            throw wrong(key);
        }
        return type.cast(value);
    }

    private ControlException wrong(String key) {
        return new ControlException("the field " + key + " of the request " + name + " is of the wrong type");
    }
}
