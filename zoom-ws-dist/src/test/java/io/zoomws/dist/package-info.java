/** Proves what is installed: the archive, unpacked as an operator does, and the image, taken apart. */
package io.zoomws.dist;
