package io.zoomws.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a {@code .env} file as shells and other tools do: {@code NAME=value} a line, an optional {@code export} before it,
 * quotes round the value, comments after a number sign.
 */
final class DotEnv {

    private static final Pattern LINE = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");

    /** Some editors put it in front of UTF-8. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Map<String, String> variables = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private DotEnv() {}

    /**
     * Reads a file.
     *
     * @throws ConfigurationException if it is there and cannot be read
     */
    static DotEnv read(Path file) throws ConfigurationException {
        DotEnv read = new DotEnv();
        if (Files.notExists(file)) {
            return read;
        }
        try {
            read.parse(file, Files.readAllLines(file));
            return read;
        } catch (IOException e) {
            throw new ConfigurationException(
                    file + " cannot be read (" + e + "): it must be a text file in UTF-8 that this user may read",
                    List.of());
        }
    }

    /** None if there is no file. */
    Map<String, String> variables() {
        return variables;
    }

    List<Problem> problems() {
        return problems;
    }

    private void parse(Path file, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (i == 0 && line.startsWith(BYTE_ORDER_MARK)) {
                line = line.substring(1).strip();
            }
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                variables.put(matcher.group(1), unquote(matcher.group(2)));
            } else {
                // The line itself may hold a secret.
                problems.add(new Problem(file + ":" + (i + 1), "not of the form NAME=value", ""));
            }
        }
    }

    private static String unquote(String value) {
        char first = value.isEmpty() ? ' ' : value.charAt(0);
        int end = first == '"' || first == '\'' ? value.indexOf(first, 1) : -1;
        if (end > 0) {
            return value.substring(1, end);
        }
        int comment = value.indexOf(" #");
        return (comment < 0 ? value : value.substring(0, comment)).strip();
    }
}
