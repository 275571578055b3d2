/** Proves what is installed: the archive, unpacked as an operator does, and the image, taken apart. */
@NullMarked
package io.zoomws.dist;

import org.jspecify.annotations.NullMarked;
