package io.zoomws.server.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The socket of one subscription, and the file {@value #POINTER} in its folder that says where the socket is.
 *
 * <p>That is the folder itself wherever it can be. The path of a socket is short, 108 bytes on Linux and 104 on macOS, and some file
 * systems know no sockets: then it is a new directory among the temporary files, for its owner only. Nobody but the holder of the
 * journal's lock comes here, so that what is there already was left behind by a server that was killed.
 */
final class ControlSocket implements AutoCloseable {

    static final String POINTER = "control";
    private static final String SOCKET = "control.sock";

    /** Fits everywhere. */
    private static final int LONGEST_PATH_BYTES = 100;

    private final ServerSocketChannel channel;
    private final Path socket;
    private final Path pointer;
    private final @Nullable Path temporary;

    private ControlSocket(ServerSocketChannel channel, Path socket, Path pointer, @Nullable Path temporary) {
        this.channel = channel;
        this.socket = socket;
        this.pointer = pointer;
        this.temporary = temporary;
    }

    /**
     * Opens the socket in place of any that is there.
     *
     * @param folder of the subscription
     * @param temporaries where to put a new directory if need be, one after the other
     * @throws IOException if there can be none
     */
    static ControlSocket open(Path folder, List<Path> temporaries) throws IOException {
        Path real = folder.toRealPath();
        IOException failure;
        try {
            return open(real, real.resolve(SOCKET), null);
        } catch (IOException e) {
            failure = e;
        }
        for (Path place : temporaries) {
            Path temporary = null;
            try {
                temporary = Files.createTempDirectory(place, "zoom-ws-", ownerOnly(place, "rwx------"));
                return open(real, temporary.resolve(SOCKET), temporary);
            } catch (IOException e) {
                failure.addSuppressed(e);
                if (temporary != null) {
                    Files.deleteIfExists(temporary);
                }
            }
        }
        throw failure;
    }

    private static ControlSocket open(Path folder, Path socket, @Nullable Path temporary) throws IOException {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH_BYTES) {
            throw new IOException("the path " + socket + " is too long for a socket");
        }
        Files.deleteIfExists(socket);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        boolean opened = false;
        try {
            channel.bind(UnixDomainSocketAddress.of(socket));
            if (isPosix(socket)) {
                Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            }
            Path pointer = folder.resolve(POINTER);
            Path next = Files.createTempFile(folder, "." + POINTER, ".part", ownerOnly(folder, "rw-------"));
            Files.writeString(next, temporary == null ? SOCKET : socket.toString());
            Files.move(next, pointer, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            opened = true;
            return new ControlSocket(channel, socket, pointer, temporary);
        } finally {
            if (!opened) {
                channel.close();
                Files.deleteIfExists(socket);
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path place, String permissions) {
        return isPosix(place)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /**
     * Where the socket of a subscription is.
     *
     * @throws java.nio.file.NoSuchFileException if no server has one
     */
    static Path find(Path folder) throws IOException {
        return folder.toRealPath()
                .resolve(Files.readString(folder.resolve(POINTER)).strip());
    }

    ServerSocketChannel channel() {
        return channel;
    }

    Path path() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(pointer);
        Files.deleteIfExists(socket);
        if (temporary != null) {
            Files.deleteIfExists(temporary);
        }
    }
}
