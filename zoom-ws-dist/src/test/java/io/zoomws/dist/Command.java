package io.zoomws.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command as a shell starts it, run to its end, with none of this process's own settings of zoom-ws and of Java. */
final class Command {

    private static final int PATIENCE_SECONDS = 60;

    private final Path folder;
    private final List<String> words;
    private final Map<String, String> environment = new HashMap<>();

    /** What a command that has ended left behind. */
    record Result(int status, String out, String err, long pid) {}

    private Command(Path folder, List<String> words) {
        this.folder = folder;
        this.words = words;
    }

    static Command of(Path folder, Object... words) {
        return new Command(folder, Arrays.stream(words).map(Object::toString).toList());
    }

    Command with(String name, Object value) {
        environment.put(name, value.toString());
        return this;
    }

    Result run() throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ZOOM") || name.equals("JAVA_OPTS"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(words + " still runs after " + PATIENCE_SECONDS + " s: " + text(err));
            }
            return new Result(process.exitValue(), text(out), text(err), process.pid());
        } finally {
            process.destroyForcibly().waitFor();
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
