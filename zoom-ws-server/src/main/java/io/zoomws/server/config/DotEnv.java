package io.zoomws.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private DotEnv() {}

    /** The variables of a file; none if there is no file. */
    static Map<String, String> read(Path file) throws ConfigurationException {
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        try {
            return parse(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new ConfigurationException(
                    file + " cannot be read (" + e + "): mend its permissions or its encoding (UTF-8)", List.of());
        }
    }

    private static Map<String, String> parse(Path file, List<String> lines) throws ConfigurationException {
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                // The line itself may hold a secret.
                throw new ConfigurationException(file + ":" + (i + 1) + ": not of the form NAME=value", List.of());
            }
            variables.put(matcher.group(1), unquote(matcher.group(2)));
        }
        return variables;
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
