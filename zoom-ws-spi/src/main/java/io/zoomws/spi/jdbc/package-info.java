/**
 * Exactly once for handlers that write to an SQL database: {@link io.zoomws.spi.jdbc.JdbcPosition} keeps the position in the
 * transaction of the effects. Names nothing but the JDK; the plugin brings its driver.
 */
@NullMarked
package io.zoomws.spi.jdbc;

import org.jspecify.annotations.NullMarked;
