/** Tests of the plugin that runs routes. */
@NullMarked
package io.zoomws.plugin.camelroutes;

import org.jspecify.annotations.NullMarked;
