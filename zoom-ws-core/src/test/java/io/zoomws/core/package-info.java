/** Tests of the connection. */
@NullMarked
package io.zoomws.core;

import org.jspecify.annotations.NullMarked;
