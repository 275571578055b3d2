package io.zoomws.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Sink and listener that writes down what it is told, one line each, in order. */
final class Recorder implements FrameSink, ConnectionListener {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<String> lines = new ArrayList<>();
    private volatile boolean goOn = true;
    private volatile byte[] longest = new byte[0];

    void goOn(boolean answer) {
        goOn = answer;
    }

    @Override
    public boolean accept(FrameType type, long connection, long received, long proven, ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        if (bytes.length > longest.length) {
            longest = bytes;
        }
        String text = bytes.length > 300 ? bytes.length + " bytes" : new String(bytes, StandardCharsets.ISO_8859_1);
        add("frame " + connection + " " + type + (proven > 0 ? " proof " : " ") + text);
        return goOn;
    }

    @Override
    public void connected(long connection, long atNanos) {
        add("connected " + connection);
    }

    @Override
    public void disconnected(long connection, long atNanos, String cause) {
        add("disconnected " + connection + ": " + cause);
    }

    @Override
    public void gap(long fromNanos, long toNanos, String cause) {
        add("gap " + (fromNanos <= toNanos ? "" : "inside out ") + cause);
    }

    @Override
    public void changed(ConnectionStatus status) {
        add("now " + status.state() + ": " + status.cause());
    }

    private void add(String line) {
        lock.lock();
        try {
            lines.add(line);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The longest payload of all: lines show only short ones. */
    byte[] longest() {
        return longest.clone();
    }

    /** All lines but those of state changes. */
    List<String> told() {
        return lines().stream().filter(line -> !line.startsWith("now ")).toList();
    }

    List<String> lines() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    void await(String line) throws Exception {
        await(line, 1);
    }

    void await(String line, int times) throws Exception {
        await(line + " x" + times, all -> all.stream().filter(line::equals).count() >= times);
    }

    void await(String what, Predicate<List<String>> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        lock.lock();
        try {
            while (!condition.test(lines)) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || changed.awaitNanos(left) <= 0) {
                    throw new TimeoutException("waited for " + what + " in " + lines);
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
