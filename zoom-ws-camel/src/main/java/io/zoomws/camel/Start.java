package io.zoomws.camel;

import io.zoomws.spi.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Where a consumer begins.
 *
 * @param cursor that it holds, or null
 * @param position of the first entry
 * @param repeats which entries may have been handed over before
 */
record Start(@Nullable Cursor cursor, long position, Repeats repeats) {}
