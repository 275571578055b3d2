package io.zoomws.spi;

import java.nio.file.Path;

/** Who a handler is, to be taken by its constructor. Methods may be called by any thread. */
public interface PluginContext {

    /**
     * The name of the instance: the live one's as configured, a replay's another. Whoever stores a position stores it under
     * this name.
     *
     * @return letters, digits, dot, hyphen and underscore
     */
    String instance();

    /**
     * The subscription whose journal it is handed.
     *
     * @return the name given to it in the configuration
     */
    String subscription();

    /**
     * A folder for files of the plugin's own, such as an embedded database. One per configured instance and subscription: a
     * replay that runs beside the live instance has the same, so what is in there has to be safe against two processes, or
     * the second refuses to start.
     *
     * @return an absolute path; the folder exists and only its owner can look into it
     */
    Path directory();
}
