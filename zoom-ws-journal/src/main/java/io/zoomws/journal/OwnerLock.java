package io.zoomws.journal;

import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A lock of the operating system on a file that says who holds it. It ends with its process, however that dies, and no
 * process id of a dead one is ever believed.
 *
 * <p>POSIX drops a lock as soon as its process closes <em>any</em> descriptor of the file. So a file that this process
 * holds locked is never opened again here: a table of what is held answers instead.
 */
final class OwnerLock implements AutoCloseable {

    /** Readers may probe a lock for an instant. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long PROBE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MAX_TEXT_BYTES = 1024;

    /** By real path; guarded by itself. */
    private static final Map<Path, String> HELD = new HashMap<>();

    private final Path path;
    private final FileChannel channel;

    private OwnerLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Takes the lock within half a second.
     *
     * @param file is created if missing; its directory must be there
     * @param what begins the message if it is held, for example {@code The journal /data/main}
     * @throws JournalException if somebody holds it; the message names who
     */
    static OwnerLock take(Path file, String what, Instant now) throws IOException {
        return Directories.uninterrupted(() -> tryTake(file, what, now));
    }

    private static OwnerLock tryTake(Path file, String what, Instant now) throws IOException {
        Path path = realPath(file);
        String owner = "process " + ProcessHandle.current().pid() + " on " + hostName() + " since "
                + now.truncatedTo(ChronoUnit.SECONDS);
        synchronized (HELD) {
            String holder = HELD.get(path);
            if (holder != null) {
                throw refused(what, holder + " (this process)");
            }
            FileChannel channel =
                    FileChannel.open(Privacy.file(path), StandardOpenOption.READ, StandardOpenOption.WRITE);
            boolean taken = false;
            try {
                if (!tryFor(channel, PATIENCE_NANOS)) {
                    throw refused(what, read(channel));
                }
                // In this order, so that a disk that is full does not refuse what it holds already.
                channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
                channel.truncate(owner.getBytes(StandardCharsets.UTF_8).length);
                HELD.put(path, owner);
                taken = true;
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
            return new OwnerLock(path, channel);
        }
    }

    /** Who holds a lock now, or nothing if nobody does. */
    static Optional<String> holder(Path file) throws IOException {
        return Directories.uninterrupted(() -> Optional.ofNullable(probe(file)));
    }

    private static @Nullable String probe(Path file) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        Path path = realPath(file);
        synchronized (HELD) {
            if (HELD.containsKey(path)) {
                return HELD.get(path);
            }
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
                    FileLock probe = channel.tryLock(0, Long.MAX_VALUE, true)) {
                return probe == null ? read(channel) : null;
            }
        }
    }

    private static boolean tryFor(FileChannel channel, long nanos) throws IOException {
        long start = System.nanoTime();
        while (channel.tryLock() == null) {
            if (System.nanoTime() - start > nanos) {
                return false;
            }
            LockSupport.parkNanos(PROBE_PAUSE_NANOS);
        }
        return true;
    }

    private static JournalException refused(String what, String holder) {
        return new JournalException(what + " is in use by " + holder + ". Stop that one first, or use another.");
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MAX_TEXT_BYTES);
        channel.read(text, 0);
        String owner = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
        return owner.isEmpty() ? "another process" : owner;
    }

    private static Path realPath(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        return (parent == null ? file : parent.toRealPath()).resolve(file.getFileName());
    }

    /** From the kernel where there is one to ask: a look-up by name may wait for a name server. */
    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            String name = System.getenv("COMPUTERNAME");
            return name == null ? "this host" : name;
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            if (HELD.remove(path) != null) {
                channel.close();
            }
        }
    }
}
