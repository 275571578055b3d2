package io.zoomws.server.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page {@code docs/configuration.md}, made of the declarations in {@link Key}. */
final class ReferencePage {

    private static final String HEAD = """
            # Configuration

            This page is made of the declarations in the server (`Key`); do not edit it. `zoom-ws config check` checks a configuration,
            `zoom-ws config show` prints what it comes to, and where each value was set.

            The file is `-c FILE`, else `./zoom-ws.yaml`; without one, variables suffice. From the top: command line,
            `-Dzoomws.http.port=0`, the variable `ZOOMWS_HTTP_PORT` (letters in upper case, all else an underscore), the same in a file
            `.env` beside the configuration file, the file. `${VAR}` and `${VAR:default}` expand. A value that is empty is not set. The only
            subscription takes what is not set from `ZOOM_SUBSCRIPTION_ID`, `ZOOM_CLIENT_ID`, `ZOOM_CLIENT_SECRET` and `ZOOM_ACCOUNT_ID`.

            A duration is a number with `ms`, `s`, `m`, `h` or `d`, or ISO-8601 such as `PT25S`; a size a number with `B`, `KB`, `MB`, `GB` or
            `TB`, each step 1024. A list may be one line, with commas. `*` in a key stands for a name that you choose.

            *Reload* says what `zoom-ws config reload` or SIGHUP does with a change: *at once*, it counts; *restarts that instance*, it is
            stopped and goes on at its position; *needs a restart of the server*, it is named, and does not count until then. The content of
            a file that a plugin's setting names is not compared: `zoom-ws plugins restart NAME` has it read again.
            """;

    private ReferencePage() {}

    static String text() {
        Map<String, List<Key>> sections = new LinkedHashMap<>();
        for (Key key : Key.values()) {
            String section = key.plain().substring(0, key.plain().lastIndexOf('.'));
            sections.computeIfAbsent(section, ignored -> new ArrayList<>()).add(key);
        }
        StringBuilder page = new StringBuilder(HEAD);
        sections.forEach((section, keys) -> {
            page.append("\n## `").append(section).append("`\n\n");
            page.append("| key | allowed | default | meaning | reload |\n|---|---|---|---|---|\n");
            keys.forEach(key -> page.append(row(section, key)));
        });
        return page.toString();
    }

    private static String row(String section, Key key) {
        List<String> cells = Arrays.asList(
                "`" + key.plain().substring(section.length() + 1) + "`",
                key.allowed().text(),
                key.standard().isEmpty() ? "" : "`" + key.standard() + "`",
                key.text(),
                key.reload().text());
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
