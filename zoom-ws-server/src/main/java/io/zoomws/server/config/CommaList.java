package io.zoomws.server.config;

import java.util.ArrayList;
import java.util.List;

/** Reads lists as users write them in one line: {@code meeting.*, user.created}. YAML lists are kept in this form, too. */
public final class CommaList {

    private CommaList() {}

    /**
     * Splits a list at its commas; an escaped comma belongs to its element.
     *
     * @param list what the user wrote
     * @return its elements, without white space around them; empty ones are left out
     */
    public static List<String> split(String list) {
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (c == '\\' && i + 1 < list.length()) {
                i++;
                element.append(list.charAt(i));
            } else if (c == ',') {
                elements.add(element.toString().strip());
                element.setLength(0);
            } else {
                element.append(c);
            }
        }
        elements.add(element.toString().strip());
        elements.removeIf(String::isEmpty);
        return elements;
    }

    /** An element, so that it stays one; SmallRye does it like this. */
    static String escape(String element) {
        return element.replace("\\", "\\\\").replace(",", "\\,");
    }
}
