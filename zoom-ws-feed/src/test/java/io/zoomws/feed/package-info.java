/** Tests of the way from a socket into a journal, against a simulated Zoom. */
@NullMarked
package io.zoomws.feed;

import org.jspecify.annotations.NullMarked;
