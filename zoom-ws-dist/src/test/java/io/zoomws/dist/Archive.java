package io.zoomws.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the build has made, and the source tree that it was made from. */
final class Archive {

    static final String NAME = System.getProperty("dist.name");
    static final Path TARGET = Path.of("target").toAbsolutePath();
    static final Path TREE = TARGET.getParent().getParent();
    static final Path FILE = TARGET.resolve(NAME + ".tar.gz");

    private Archive() {}

    /** Unpacks it, and answers where. */
    static Path unpack(Path folder) throws Exception {
        Command.Result result = Command.of(folder, "tar", "xzf", FILE).run();
        assertThat(result.status()).as(result.err()).isZero();
        return folder.resolve(NAME);
    }

    /** The names in a folder. */
    static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
