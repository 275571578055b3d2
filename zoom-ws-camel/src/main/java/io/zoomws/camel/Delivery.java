package io.zoomws.camel;

import io.zoomws.spi.Entry;

/**
 * One attempt at delivering an entry.
 *
 * @param entry to deliver
 * @param attempt from 1
 */
record Delivery(Entry entry, int attempt) {}
