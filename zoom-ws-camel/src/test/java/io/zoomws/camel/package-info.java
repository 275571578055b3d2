/** Tests of the component against a journal in memory and one on disk that another process writes. */
@NullMarked
package io.zoomws.camel;

import org.jspecify.annotations.NullMarked;
