/** Measurements that are run by hand; nothing here is shipped or run by the build. */
@NullMarked
package io.zoomws.benchmarks;

import org.jspecify.annotations.NullMarked;
