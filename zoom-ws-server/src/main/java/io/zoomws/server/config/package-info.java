/**
 * Configuration: from YAML file, environment, system properties and {@code .env} to typed, checked settings, with every
 * mistake reported at once. Called by the command line only. Read first: {@link io.zoomws.server.config.Settings} (the
 * result), {@link io.zoomws.server.config.Configuration} (how it is read) and {@code Key} (what may be written).
 *
 * <p>SmallRye Config layers the sources and expands expressions; its YAML source forgets line numbers and drops empty
 * mappings, so that the file is read here ({@code YamlSource}).
 */
@NullMarked
package io.zoomws.server.config;

import org.jspecify.annotations.NullMarked;
