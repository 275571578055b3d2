package io.zoomws.server.delivery;

import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where the instances of one subscription keep files: {@code plugins/<instance>} is the plugin's own, {@code
 * parked/<instance>} holds what it failed on. Both may hold parts of events, and so are for their owner only.
 *
 * @param subscription folder of the subscription in the data directory
 */
public record InstanceFiles(Path subscription) {

    /**
     * The files of one subscription.
     *
     * @param data the data directory
     * @param subscription its name
     * @return nothing is made yet
     */
    public static InstanceFiles in(Path data, String subscription) {
        return new InstanceFiles(data.resolve(subscription).toAbsolutePath().normalize());
    }

    /**
     * The folder for a plugin's own files; it is made if need be.
     *
     * @param instance name
     * @return the folder
     * @throws JournalException if it cannot be made
     */
    public Path plugin(String instance) {
        return made(subscription.resolve("plugins").resolve(instance));
    }

    /**
     * The folder for what an instance failed on.
     *
     * @param instance name
     * @return the folder, there or not
     */
    public Path parked(String instance) {
        return subscription.resolve("parked").resolve(instance);
    }

    /**
     * Under which names something was parked at some time: those of instances, and of replays.
     *
     * @return in order
     * @throws JournalException if the folder cannot be read
     */
    public List<String> parkedNames() {
        Path folder = subscription.resolve("parked");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder, Files::isDirectory)) {
            folders.forEach(child -> names.add(String.valueOf(child.getFileName())));
        } catch (IOException e) {
            throw new JournalException("The folder " + folder + " cannot be read: " + e, e);
        }
        Collections.sort(names);
        return List.copyOf(names);
    }

    static Path made(Path folder) {
        try {
            boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
            FileAttribute<?>[] ownerOnly = posix
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                    }
                    : new FileAttribute<?>[0];
            return Files.createDirectories(folder, ownerOnly);
        } catch (IOException e) {
            throw new JournalException("The folder " + folder + " cannot be made: " + e, e);
        }
    }
}
