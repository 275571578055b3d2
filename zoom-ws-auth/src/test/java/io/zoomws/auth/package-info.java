/** Tests of the token source. */
@NullMarked
package io.zoomws.auth;

import org.jspecify.annotations.NullMarked;
