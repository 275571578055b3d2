/** Tests of the journal: real files, and real processes where the promise is about processes. */
@NullMarked
package io.zoomws.journal;

import org.jspecify.annotations.NullMarked;
