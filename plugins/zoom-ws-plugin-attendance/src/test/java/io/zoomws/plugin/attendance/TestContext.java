package io.zoomws.plugin.attendance;

import io.zoomws.spi.PluginContext;
import java.nio.file.Path;

record TestContext(String subscription, String instance, Path directory) implements PluginContext {

    static TestContext live(Path directory) {
        return new TestContext("main", "attendance", directory);
    }
}
