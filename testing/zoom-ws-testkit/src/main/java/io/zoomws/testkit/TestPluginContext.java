package io.zoomws.testkit;

import io.zoomws.spi.PluginContext;
import java.nio.file.Path;

/**
 * Who a handler is in a test.
 *
 * @param instance its name
 * @param subscription whose journal it is handed
 * @param directory for its files; an absolute path of a folder that exists
 */
public record TestPluginContext(String instance, String subscription, Path directory) implements PluginContext {

    /**
     * The instance {@code test} of the subscription {@code main}.
     *
     * @param directory a folder that exists, from {@code @TempDir} for example
     * @return the context
     */
    public static TestPluginContext in(Path directory) {
        return new TestPluginContext("test", "main", directory.toAbsolutePath());
    }
}
