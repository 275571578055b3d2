package io.zoomws.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of a test's own, mounted on a folder. Where that cannot be, the test says so and is skipped. */
final class SmallDisk implements AutoCloseable {

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** In memory. */
    static SmallDisk inMemory(Path folder, int mebibytes) throws Exception {
        Files.createDirectories(folder);
        orSkip("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString());
        return new SmallDisk(folder);
    }

    /** ext4 in an image file, so that it can be frozen. */
    static SmallDisk inFile(Path folder, Path image, int mebibytes) throws Exception {
        Files.createDirectories(folder);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) mebibytes << 20);
        }
        orSkip("mkfs.ext4", "-q", "-F", image.toString());
        orSkip("mount", "-o", "loop", image.toString(), folder.toString());
        return new SmallDisk(folder);
    }

    /** From now on whoever writes to it waits, as for a disk that does not answer. */
    void freeze() throws Exception {
        orSkip("fsfreeze", "-f", folder.toString());
    }

    void thaw() throws Exception {
        assertThat(run("fsfreeze", "-u", folder.toString())).isEmpty();
    }

    @Override
    public void close() throws Exception {
        assertThat(run("umount", folder.toString())).isEmpty();
    }

    private static void orSkip(String... command) throws Exception {
        String problem = run(command);
        if (!problem.isEmpty()) {
            System.out.println("SKIPPED: " + problem);
        }
        assumeTrue(problem.isEmpty(), problem);
    }

    /** What it said, if it failed. */
    private static String run(String... command) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (java.io.IOException e) {
            return String.valueOf(e.getMessage());
        }
        String said = new String(process.getInputStream().readAllBytes()).strip();
        return process.waitFor() == 0 ? "" : String.join(" ", command) + ": " + said;
    }
}
