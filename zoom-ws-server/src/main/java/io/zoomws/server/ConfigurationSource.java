package io.zoomws.server;

import io.zoomws.server.config.ConfigurationException;
import io.zoomws.server.config.LoadedConfiguration;

/** Where a running server has its configuration from, to read it again. */
@FunctionalInterface
public interface ConfigurationSource {

    /**
     * Reads it.
     *
     * @return as it is now
     * @throws ConfigurationException if anything is wrong; it names every mistake
     */
    LoadedConfiguration read() throws ConfigurationException;
}
