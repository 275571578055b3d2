package io.zoomws.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/write-a-plugin.md} tells its readers to type works. */
class TutorialTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");

    @TempDir
    private Path folder;

    @Test
    void theSmallestPluginIsMadeByHandAndFound() throws Exception {
        Files.writeString(folder.resolve("Starts.java"), block("java", "public class Starts "));
        Files.writeString(folder.resolve("zoom-ws.yaml"), block("yaml", "SimulatedSubscription1"));
        ProcessBuilder shell = new ProcessBuilder("bash", "-euc", block("", "jar --create"))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        shell.environment().put("ZOOM_WS", ZoomWs.root().toString());
        String jdk = Path.of(System.getProperty("java.home"), "bin").toString();
        shell.environment().merge("PATH", jdk, (path, bin) -> bin + File.pathSeparator + path);
        Process process = shell.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();

        ZoomWs.Result list = ZoomWs.run(folder, "plugins", "list");

        assertThat(list.status()).as(list.err()).isZero();
        assertThat(list.out()).containsPattern("(?m)^starts +usable +Starts +plugins/starts +-$");
    }

    @Test
    void thePluginWithADatabaseCompiles() throws Exception {
        Path source = Files.writeString(folder.resolve("Archive.java"), block("java", "public class Archive "));
        // The one class of H2 that it names.
        Path driver = Files.createDirectories(folder.resolve("org/h2/jdbcx")).resolve("JdbcDataSource.java");
        Files.writeString(driver, """
                package org.h2.jdbcx;
                public class JdbcDataSource {
                    public void setURL(String url) {}
                    public java.sql.Connection getConnection() throws java.sql.SQLException {
                        throw new java.sql.SQLException();
                    }
                }
                """);
        List<String> arguments = List.of(
                "--release",
                "17",
                "-cp",
                ZoomWs.root().resolve("zoom-ws-spi/target/classes").toString(),
                "-d",
                folder.resolve("classes").toString(),
                source.toString(),
                driver.toString());

        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    /** The block of a language that holds a text. */
    private static String block(String language, String text) throws IOException {
        String page = Files.readString(ZoomWs.root().resolve("docs/write-a-plugin.md"));
        List<String> found = BLOCK.matcher(page)
                .results()
                .filter(block ->
                        block.group(1).equals(language) && block.group(2).contains(text))
                .map(block -> block.group(2))
                .toList();
        assertThat(found).as("blocks with '%s'", text).hasSize(1);
        return found.get(0);
    }
}
