package io.zoomws.core;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks up host names on a thread of its own: the JDK's look-up blocks, and the event loop has heartbeats to send. The
 * thread ends when it has been idle; a look-up that hangs keeps at most a few others waiting, which then fail.
 */
final class NameLookup implements AutoCloseable {

    private static final int MOST_WAITING = 4;

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 2, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), NameLookup::thread);

    NameLookup() {
        thread.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "zoom-ws-name-lookup");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Looks up a host.
     *
     * @param host name and port, not looked up
     * @param attempt successive attempts go through all addresses of the host in turn
     */
    CompletableFuture<InetSocketAddress> find(InetSocketAddress host, long attempt) {
        try {
            return CompletableFuture.supplyAsync(() -> lookUp(host, attempt), thread);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new UnknownHostException("earlier look-ups are still under way"));
        }
    }

    private static InetSocketAddress lookUp(InetSocketAddress host, long attempt) {
        try {
            InetAddress[] addresses = InetAddress.getAllByName(host.getHostString());
            return new InetSocketAddress(
                    addresses[(int) Math.floorMod(attempt - 1, (long) addresses.length)], host.getPort());
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
