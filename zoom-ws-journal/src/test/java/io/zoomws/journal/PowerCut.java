package io.zoomws.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * Cuts the power of a writer's disk. Runs as process 1 of a namespace of its own, so that mounts, loop devices and children
 * end with it, however it ends: an ext4 in a file on an XFS, whose copy by reference is the disk as it is at that moment.
 */
final class PowerCut {

    /** Begins the one line that is said where such a disk cannot be made. */
    static final String IMPOSSIBLE = "impossible here: ";

    private static final long MANY_BYTES = 2L << 30;

    private final Path root;
    private final Path disk;
    private final Path mount;
    private final Random random;

    private PowerCut(Path root, Random random) {
        this.root = root;
        this.disk = root.resolve("xfs/disk");
        this.mount = root.resolve("mount");
        this.random = random;
    }

    /** Arguments: directory, number of cuts, seed, and the mode of the writer. Ends when standard input does. */
    public static void main(String[] arguments) throws Exception {
        Thread parent = new Thread(PowerCut::endWithTheParent, "parent");
        parent.setDaemon(true);
        parent.start();
        PowerCut cut = new PowerCut(Path.of(arguments[0]), new Random(Long.parseLong(arguments[2])));
        try {
            cut.makeDisk();
        } catch (AssertionError e) {
            System.out.println(IMPOSSIBLE + e.getMessage());
            Runtime.getRuntime().halt(0);
        }
        for (int i = 1; i <= Integer.parseInt(arguments[1]); i++) {
            System.out.println(cut.once(arguments[3]));
        }
        Runtime.getRuntime().halt(0);
    }

    private static void endWithTheParent() {
        try {
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException broken) {
            System.out.println("the pipe from the test broke: " + broken.getMessage());
        }
        Runtime.getRuntime().halt(1);
    }

    private void makeDisk() throws Exception {
        Files.createDirectory(root.resolve("xfs"));
        Files.createDirectory(mount);
        Files.createDirectory(root.resolve("copy"));
        sparse(root.resolve("host"), MANY_BYTES);
        Tools.run("mkfs.xfs", "-q", "-m", "reflink=1", root.resolve("host").toString());
        Tools.run(
                "mount",
                "-o",
                "loop",
                root.resolve("host").toString(),
                root.resolve("xfs").toString());
    }

    private static void sparse(Path file, long bytes) throws IOException {
        try (var channel = Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.position(bytes - 1).write(ByteBuffer.allocate(1));
        }
    }

    /** One life of a disk: some cuts of one writer, each compared with what was announced before the copy was begun. */
    private String once(String mode) throws Exception {
        sparse(disk, MANY_BYTES / 4);
        Tools.run("mkfs.ext4", "-q", "-F", disk.toString());
        // Nothing goes to the disk because time has passed: only what is forced.
        Tools.run("mount", "-o", "loop,commit=300", disk.toString(), mount.toString());
        Path image = root.resolve("xfs/image");
        long announced = 0;
        try (JournalChild child = JournalChild.start(mode, mount.resolve("data"))) {
            child.tell("");
            long goal = 1 + random.nextInt(3000);
            while (announced < goal) {
                String line = child.lineThatBegins("durable ");
                announced = line == null ? goal : JournalChild.number(line.substring("durable ".length()));
            }
            Tools.run("cp", "--reflink=always", disk.toString(), image.toString());
        }
        Tools.run("umount", mount.toString());
        Path copy = root.resolve("copy");
        Tools.run("mount", "-o", "loop", image.toString(), copy.toString());
        String result = recover(copy.resolve("data"), announced);
        Tools.run("umount", copy.toString());
        Files.delete(image);
        Files.delete(disk);
        return result;
    }

    private static String recover(Path data, long announced) {
        try {
            JournalWriter.open(data, "main").close();
            long last = Oracle.check(data, announced).last();
            return "kept " + announced + " announced, " + last + " there";
        } catch (AssertionError | RuntimeException e) {
            return "LOST " + e.getMessage();
        }
    }
}
