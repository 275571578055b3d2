package io.zoomws.simulator;

/** Takes the white space out of JSON and leaves everything else as it is: key order, number formats, escapes. */
final class CompactJson {

    private CompactJson() {}

    static String of(String json) {
        StringBuilder compact = new StringBuilder(json.length());
        boolean inString = false;
        boolean escaped = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inString) {
                compact.append(c);
                inString = escaped || c != '"';
                escaped = !escaped && c == '\\';
            } else if (c > ' ') {
                compact.append(c);
                inString = c == '"';
            }
        }
        return compact.toString();
    }
}
