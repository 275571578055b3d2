package io.zoomws.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the mark of a writer in another process. The kernel tells of each write to it (inotify on Linux), so waiting
 * costs nothing; where no watch is to be had, it looks every 20 ms.
 */
final class WatchedVisibility implements Visibility {

    private static final Logger log = LoggerFactory.getLogger(WatchedVisibility.class);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Path journal;
    private final RandomAccessFile file;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition touched = lock.newCondition();

    // All below is guarded by the lock.
    private long touches;
    private boolean watching;
    private boolean closed;
    private @Nullable WatchService watch;

    WatchedVisibility(Path journal) throws IOException {
        this.journal = journal;
        this.file = new RandomAccessFile(Mark.file(journal).toFile(), "r");
    }

    @Override
    public Mark current() throws IOException {
        lock.lock();
        try {
            return Mark.read(file);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean await(long sequence, long nanos) throws InterruptedException, IOException {
        long end = System.nanoTime() + nanos;
        lock.lockInterruptibly();
        try {
            startWatching();
            while (!closed) {
                // The count is taken before the look, so that a write in between is not slept over.
                long seen = touches;
                if (Mark.read(file).visible() >= sequence) {
                    return true;
                }
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                if (touches == seen) {
                    touched.awaitNanos(watch == null ? Math.min(left, POLL_NANOS) : left);
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void startWatching() {
        if (watching || closed) {
            return;
        }
        watching = true;
        WatchService service = null;
        // The threads that begin here take over the context class loader, which may be a plugin's: they are ours.
        Thread caller = Thread.currentThread();
        ClassLoader ofCaller = caller.getContextClassLoader();
        caller.setContextClassLoader(WatchedVisibility.class.getClassLoader());
        try {
            service = journal.getFileSystem().newWatchService();
            journal.register(service, StandardWatchEventKinds.ENTRY_MODIFY);
            WatchService registered = service;
            Thread thread = new Thread(() -> run(registered), "zoomws-journal-watch");
            thread.setDaemon(true);
            thread.start();
            watch = service;
        } catch (IOException noMoreWatches) {
            watch = null;
        } finally {
            caller.setContextClassLoader(ofCaller);
            if (watch == null && service != null) {
                close(service);
            }
        }
    }

    /** Of one that was never used. */
    private static void close(WatchService service) {
        try {
            service.close();
        } catch (IOException e) {
            log.debug("A watch that could not be had could not be closed either", e);
        }
    }

    private void run(WatchService service) {
        try {
            for (WatchKey key = service.take(); ; key = service.take()) {
                key.pollEvents();
                touch();
                if (!key.reset()) {
                    return;
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException end) {
            touch();
        }
    }

    private void touch() {
        lock.lock();
        try {
            touches++;
            touched.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            touched.signalAll();
            try (file) {
                if (watch != null) {
                    watch.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }
}
