package io.zoomws.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Remembers the newest so many. Confined to the event loop. */
final class Newest<T> {

    private final int limit;
    private final Deque<T> elements = new ArrayDeque<>();

    Newest(int limit) {
        this.limit = limit;
    }

    void add(T element) {
        if (limit > 0) {
            if (elements.size() == limit) {
                elements.remove();
            }
            elements.add(element);
        }
    }

    /** Oldest first. */
    List<T> copy() {
        return List.copyOf(elements);
    }
}
