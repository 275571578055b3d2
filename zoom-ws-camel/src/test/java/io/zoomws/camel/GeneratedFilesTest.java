package io.zoomws.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The build copied what was committed, then generated anew into the tree. */
class GeneratedFilesTest {

    @Test
    void theCommittedFilesAreThoseThatTheGeneratorWrites() throws IOException {
        Map<String, String> generated = read(Path.of("src/generated"));
        assertThat(generated).isNotEmpty();
        assertThat(read(Path.of("target/committed-generated")))
                .as(
                        "src/generated was stale; this build has written it anew: commit it (after deleting a file, clean first)")
                .isEqualTo(generated);
    }

    private static Map<String, String> read(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
