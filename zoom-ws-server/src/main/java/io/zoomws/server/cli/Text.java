package io.zoomws.server.cli;

/** Makes text that strangers wrote safe for a terminal. */
final class Text {

    private Text() {}

    /** The text with a question mark for each control character, line feeds included. */
    static String printable(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length());
        text.chars().forEach(c -> safe.append(Character.isISOControl(c) ? '?' : (char) c));
        return safe.toString();
    }
}
