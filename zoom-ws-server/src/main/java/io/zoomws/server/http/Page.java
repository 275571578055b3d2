package io.zoomws.server.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Entries that are written already, in their order: a bounded number of them, and of characters. */
final class Page {

    /**
     * An entry as JSON.
     *
     * @param sequence its own
     * @param json the object
     */
    record Row(long sequence, String json) {}

    private final int mostRows;
    private final long mostCharacters;
    private final Deque<Row> rows = new ArrayDeque<>();
    private long characters;
    private boolean overflown;

    Page(int mostRows, long mostCharacters) {
        this.mostRows = mostRows;
        this.mostCharacters = mostCharacters;
    }

    /** Adds behind the last, if there is room; a page that is empty has room for anything. */
    boolean addLast(Row row) {
        if (!hasRoomFor(row)) {
            return false;
        }
        rows.addLast(row);
        characters += row.json().length();
        return true;
    }

    /** Adds behind the last, and gives up the first ones if there is no room. */
    void push(Row row) {
        while (!hasRoomFor(row)) {
            characters -= rows.removeFirst().json().length();
            overflown = true;
        }
        addLast(row);
    }

    private boolean hasRoomFor(Row row) {
        return rows.isEmpty()
                || (rows.size() < mostRows && characters + row.json().length() <= mostCharacters);
    }

    /**
     * Puts another page before this one, from its end as far as there is room.
     *
     * @return whether all of it could be taken
     */
    boolean prepend(Page earlier) {
        while (!earlier.rows.isEmpty() && hasRoomFor(earlier.rows.getLast())) {
            Row row = earlier.rows.removeLast();
            rows.addFirst(row);
            characters += row.json().length();
        }
        return earlier.rows.isEmpty() && !earlier.overflown;
    }

    boolean isFull() {
        return rows.size() >= mostRows || characters >= mostCharacters;
    }

    /** The sequence of the first; of an empty page, the given one. */
    long firstSequence(long none) {
        return rows.isEmpty() ? none : rows.getFirst().sequence();
    }

    List<Row> rows() {
        return new ArrayList<>(rows);
    }
}
