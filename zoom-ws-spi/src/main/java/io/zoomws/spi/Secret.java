package io.zoomws.spi;

/** A password or the like, in a record of {@link PluginSettings}. It does not show itself by accident. */
public final class Secret {

    private final String value;

    /**
     * Of a text.
     *
     * @param value the password
     */
    public Secret(String value) {
        this.value = value;
    }

    /**
     * The password itself. Never to be logged, nor put into a URL or the message of an exception.
     *
     * @return what was configured
     */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    /** Always the same. */
    @Override
    public String toString() {
        return "***";
    }
}
